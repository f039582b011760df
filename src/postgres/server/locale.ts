import { plain, quoted } from '../../base/format.ts';
import type { Variables } from '../session/psql.ts';

/** How a database encodes and sorts text. Empty strings stand for what its server's version does not know. */
export interface Locale {
  encoding: string;
  collation: string;
  characterType: string;
  /** `c` (libc), `i` (ICU), `b` (built in), or empty before version 15, where there is only libc. */
  provider: string;
  locale: string;
  icuRules: string;
}

/** Since which version databases can have them: https://www.postgresql.org/docs/release/ */
const providers = new Map([
  ['i', { since: 15, name: 'ICU' }],
  ['b', { since: 17, name: 'the built-in provider' }],
]);
const icuRulesSince = 16;

/**
 * The options of `CREATE DATABASE` for a locale, as far as a server of this version knows them, and the variables of
 * psql that they refer to.
 */
export function createOptions(locale: Locale, major: number): { sql: string; variables: Variables } {
  const sql = ["ENCODING :'encoding' LC_COLLATE :'collation' LC_CTYPE :'character_type'"];
  const provider = isKnown(locale, major) ? locale.provider : 'c';
  if (provider === 'i') sql.push("LOCALE_PROVIDER icu ICU_LOCALE :'locale'");
  else if (provider === 'b') sql.push("LOCALE_PROVIDER builtin BUILTIN_LOCALE :'locale'");
  else if (major >= 15) sql.push('LOCALE_PROVIDER libc');
  if (provider === 'i' && locale.icuRules !== '' && major >= icuRulesSince)
    sql.push("ICU_RULES :'icu_rules'");
  const { encoding, collation, characterType: character_type, icuRules: icu_rules } = locale;
  return {
    sql: sql.join(' '),
    variables: { encoding, collation, character_type, locale: locale.locale, icu_rules },
  };
}

/** The locale of a new database, in brackets: ` (UTF8, C.UTF-8)`; empty for the server's own. */
export function describeLocale(locale: Locale | undefined): string {
  return locale ? ` (${plain(locale.encoding)}, ${plain(locale.collation)})` : '';
}

/** What of a locale the server is too old for, as a warning. */
export function lostLocale(locale: Locale, major: number): string | undefined {
  const provider = providers.get(locale.provider);
  if (provider && !isKnown(locale, major)) {
    return `The backup's database has the locale ${quoted(locale.locale)} of ${provider.name}, which needs version ${provider.since} or newer. The new database uses the sort order of the C library instead.`;
  }
  if (locale.provider === 'i' && locale.icuRules !== '' && major < icuRulesSince) {
    return `The backup's database has ICU sort rules of its own, which needs version ${icuRulesSince} or newer. The new database sorts without them.`;
  }
  return undefined;
}

function isKnown({ provider }: Locale, major: number): boolean {
  return major >= (providers.get(provider)?.since ?? 0);
}
