import type { Definition } from '../../archive/definitions.ts';
import type { Entry } from '../../archive/table-of-contents.ts';
import type { PreflightFacts } from '../server-offers.ts';

/** An extension that an archive has, and how it is to be created. */
export interface WantedExtension {
  name: string;
  /** The schema that it is put into; undefined for one that brings its own. */
  schema: string | undefined;
  /** Whether the archive makes that schema itself. */
  madeByArchive: boolean;
  /** The version in the original database; undefined if it was not recorded. */
  recorded: string | undefined;
  /** The version that it is created in before anything else of the archive; undefined if pg_restore creates it, in the server's own. */
  version: string | undefined;
}

/**
 * The extensions of an archive in its order, without plpgsql, which every new database has.
 *
 * pg_dump does not say in which version an extension is, so that pg_restore creates the server's default one. What depends on
 * it was made for the one that was there, and the original is not there to be changed on the day of a restore: where the server offers the
 * recorded version, it is created in that, as pg_upgrade leaves it, and an administrator may update it afterwards. It has
 * to be there before pg_restore starts, whose `CREATE EXTENSION IF NOT EXISTS` then does nothing; hence not where the
 * archive makes the schema that it goes into.
 * @param recorded versions by the names of extensions
 */
export function wantedExtensions(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  recorded: ReadonlyMap<string, string>,
  { extensions: offered }: Pick<PreflightFacts, 'extensions'>,
): WantedExtension[] {
  const made = new Set(
    entries.filter(({ type }) => type === 'SCHEMA').map(({ id, name }) => definitions.get(id)?.name ?? name),
  );
  return entries
    .filter(({ type, name }) => type === 'EXTENSION' && name !== 'plpgsql')
    .map(({ id, name: listed }) => {
      const { name = listed, sql = '' } = definitions.get(id) ?? {};
      const schema = schemaOf(sql);
      const was = recorded.get(name);
      const own = Object.hasOwn(offered, name) ? offered[name] : undefined;
      const madeByArchive = schema !== undefined && made.has(schema);
      const asItWas =
        !madeByArchive && was !== own?.version && was !== undefined && own?.versions.includes(was);
      return { name, schema, madeByArchive, recorded: was, version: asItWas ? was : undefined };
    });
}

/** The schema in `CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;` */
function schemaOf(sql: string): string | undefined {
  const [, schema] =
    /^CREATE EXTENSION IF NOT EXISTS (?:"[^"]*"|[^\s"])+ WITH SCHEMA ([^\n]+);$/m.exec(sql) ?? [];
  return schema?.replace(/^"(.*)"$/s, (_, quoted: string) => quoted.replaceAll('""', '"'));
}
