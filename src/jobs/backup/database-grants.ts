import { quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { readProperties } from '../../postgres/properties/read.ts';
import { readRestoreMark } from '../../postgres/properties/restore-mark.ts';
import { recordedGrants } from '../../postgres/properties/serialize.ts';
import { explainingErrors } from '../../postgres/server/server.ts';
import type { Psql } from '../../postgres/session/psql.ts';
import { hasRoom, longest } from '../archive/metadata.ts';
import type { Note } from '../result.ts';

/**
 * Who may do what with the database, to be recorded for where the archive is made without rights. Warns if a restore into the database
 * has not come to its end: a backup of it would be taken for one of the whole.
 * @throws Failure if the server refuses
 */
export async function readDatabaseGrants(
  psql: Psql,
  database: string,
  step: Pick<Step, 'warn'>,
): Promise<{ rights: string; notes: Note[] }> {
  const { grants, comment } = await explainingErrors(psql, database, () =>
    readProperties(psql, database, database),
  );
  const rights = recordedGrants(grants, (text) => hasRoom(text, longest.rights));
  if (!readRestoreMark(comment)) return { rights, notes: [] };
  const text = `Database ${quoted(database)} is incomplete, since a restore into it did not finish: this backup may lack data. Run that restore again with the same backup_file_name; it restores the settings and privileges of the database, too.`;
  step.warn(text);
  return { rights, notes: [{ text }] };
}
