import { plain, quoted } from '../../../base/format.ts';
import { withoutRowsOption } from '../../../postgres/dump/exclude-options.ts';
import type { ExtensionTable, ExtensionTrial } from '../../../postgres/restore/extensions/trial.ts';
import type { WantedExtension } from '../../../postgres/restore/extensions/wanted.ts';
import type { Hint } from '../fill.ts';

/** Of extensions whose version is not, or may not be, the one that the backup was made with. */
export function versionHints(created: readonly WantedExtension[], { versions }: ExtensionTrial): Hint[] {
  return created.flatMap(({ name, recorded }) => {
    const is = versions[name];
    if (is === undefined || is === recorded) return [];
    const was =
      recorded === undefined
        ? 'it is not recorded which one the backup was made with'
        : `the backup was made with ${plain(recorded)}`;
    return [{ text: `The extension ${quoted(name)} is here in version ${plain(is)}, and ${was}.` }];
  });
}

/** Of the tables that extensions make: the error of an entry names the table alone. */
export function tableHints(tables: readonly ExtensionTable[]): Hint[] {
  return tables.map((table) => ({
    entry: `TABLE DATA ${table.name} `,
    text:
      `The table belongs to the extension ${quoted(table.extension)}, which may have put rows there itself. A backup without its rows is ` +
      `made with pg_dump_options:\n${withoutRowsOption(table)}`,
  }));
}
