import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { dumpByHand } from '../support/postgres/dump-by-hand.ts';
import type { Arranged, Case, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { ownContainer } from './storage-places.ts';
import { like } from './texts.ts';

const name = 'broken.dump';
const untouched = 'Database "shop" was not touched by this restore.';
const choose = 'Choose a backup made by this action or by pg_dump --format=custom.';

/** The restore of a blob with this content. */
async function restoreOf(
  scene: Scene,
  content: Buffer | string,
  message: string | RegExp,
  metadata: Record<string, string> = {},
): Promise<Arranged> {
  const { inputs } = await ownContainer(scene, { [name]: content }, metadata);
  return { inputs: { ...inputs, backup_file_name: name }, message };
}

/** A restore that ends at the first bytes of the blob, before the server is asked for anything. */
function foreign(
  title: string,
  content: (scene: Scene) => Buffer | Promise<Buffer>,
  is: string,
  advice = choose,
): Case {
  const message = `Reading "${name}" failed: it is not an archive in PostgreSQL's custom format: ${is}\n${advice}\n${untouched}`;
  return {
    title,
    job: 'restore',
    concurrent: true,
    arrange: async (scene) => restoreOf(scene, await content(scene), message),
  };
}

/** What pg_dump makes of the scene's database in another format. */
const dumped =
  (format: 'plain' | 'tar' | 'directory') =>
  ({ server, world, database }: Scene): Promise<Buffer> =>
    dumpByHand(server, world.login, database, format);

/** The restore of the backup with other content than was recorded. */
async function changed(scene: Scene, content: Buffer, state = untouched): Promise<Arranged> {
  const { metadata } = scene.backup;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const message = `Verifying "${name}" failed: its content is not what was backed up. SHA-256: ${sha256}, recorded was ${metadata['sha256']}
Choose another backup, and find out who wrote to the blob.
${state}`;
  return restoreOf(scene, content, message, metadata);
}

/** The restore of the backup without its last bytes, and without a record of what it was. */
function cut(bytes: number): Case {
  return {
    title: bytes === 1 ? 'by a byte' : `by ${bytes} bytes`,
    job: 'restore',
    arrange: (scene) =>
      restoreOf(
        scene,
        scene.backup.content.subarray(0, -bytes),
        like`Reading the archive with pg_restore ${/[\d.]+/} failed: ${/.+/}
The blob is damaged or incomplete. Choose another backup.
${untouched}`,
      ),
  };
}

/** What is in the blob that is to be restored, and whether the runner can take it. */
export const archive: Group = {
  title: 'Content of a backup',
  rows: [
    {
      what: 'The blob is not a backup',
      seen: "it is not an archive in PostgreSQL's custom format",
      remedy: 'Choose one made by this action or by `pg_dump --format=custom`',
      cases: [
        foreign('nothing', () => Buffer.alloc(0), 'it is empty'),
        foreign(
          'other bytes',
          () => Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
          'it begins with "\\u0089PNG\\r" instead of "PGDMP"',
        ),
      ],
    },
    {
      what: 'The blob is a plain SQL script',
      seen: 'it looks like a plain SQL script',
      remedy: 'Choose another blob, or run the script with `psql` by hand',
      cases: [
        foreign(
          '',
          dumped('plain'),
          'it looks like a plain SQL script',
          `${choose} Restore an SQL script with psql by hand.`,
        ),
      ],
    },
    {
      what: 'The blob is an archive in tar format, or the `toc.dat` of one in directory format',
      seen: 'with pg_restore by hand',
      remedy:
        'Choose another blob, or run `pg_restore` by hand, with the whole folder of an archive in directory format',
      cases: [
        foreign(
          'tar',
          dumped('tar'),
          'it is an archive in tar format',
          `${choose} Restore an archive in tar format with pg_restore by hand.`,
        ),
        foreign(
          'directory',
          dumped('directory'),
          'it is the table of contents (toc.dat) of an archive in directory or tar format, whose data is in other files',
          `${choose} Restore the whole archive (a folder or a tar file) with pg_restore by hand.`,
        ),
      ],
    },
    {
      what: 'The backup was compressed again',
      seen: 'unpack it and upload that',
      remedy: 'Unpack it, and upload the archive in it',
      cases: [
        foreign(
          'with gzip',
          ({ backup }) => gzipSync(backup.content),
          'it is compressed with gzip',
          `${choose} If it contains an archive in custom format, unpack it and upload that.`,
        ),
      ],
    },
    {
      what: 'The backup is too new for every `pg_restore` on the runner',
      seen: 'The backup is fine, but was made by a newer pg_dump',
      remedy:
        'The backup is fine. Install the newer client from [apt.postgresql.org](https://wiki.postgresql.org/wiki/Apt) in a step before this one, or use a runner image that has it (`runs_on`)',
      cases: [
        {
          job: 'restore',
          arrange: (scene) => {
            const newer = Buffer.from(scene.backup.content);
            newer.writeUInt8(99, 6); // the minor version of the format
            return restoreOf(
              scene,
              newer,
              like`Reading the archive with pg_restore ${/[\d.]+/} failed: unsupported version (1.99) in file header
The backup is fine, but was made by a newer pg_dump (its version is in the log above). Install the client of that version from apt.postgresql.org in a step before this one, or use a runner image that has it (input runs_on of the workflow).
${untouched}`,
            );
          },
        },
      ],
    },
    {
      what: 'The content of the blob is not what was backed up',
      seen: 'its content is not what was backed up',
      remedy: 'Choose another backup, and find out who wrote to the blob',
      cases: [
        {
          title: 'one bit is another',
          job: 'restore',
          arrange: (scene) => {
            const flipped = Buffer.from(scene.backup.content);
            const middle = Math.floor(flipped.length / 2);
            flipped.writeUInt8(flipped.readUInt8(middle) ^ 1, middle);
            return changed(scene, flipped);
          },
        },
        {
          title: 'a byte is missing',
          job: 'restore',
          arrange: (scene) => changed(scene, scene.backup.content.subarray(0, -1)),
        },
        {
          title: 'a byte was added, which pg_restore does not mind',
          job: 'restore',
          arrange: async (scene) => {
            const longer = Buffer.concat([scene.backup.content, Buffer.from('x')]);
            // As it comes, into a new database: the server is asked then.
            const arranged = await changed(scene, longer, 'Database "shop" was not changed.');
            return { ...arranged, inputs: { ...arranged.inputs, jobs: '1' } };
          },
        },
      ],
    },
    {
      what: 'The blob is cut off, and no SHA-256 is recorded with it',
      seen: 'The blob is damaged or incomplete',
      remedy: 'Choose another backup',
      cases: [cut(1), cut(1000)],
    },
    {
      what: "The runner's disk is full (`ENOSPC`, `EDQUOT`), or the size of its files is limited (`EFBIG`)",
      seen: '(EFBIG)',
      remedy:
        "Free space on the runner's disk, or raise the limit; `jobs: 1` with `restore_strategy: swap` needs almost none",
      cases: [
        {
          job: 'restore',
          arrange: async (scene) => {
            // A limit on the size of files stands for the disk: the write of the archive fails in the same place.
            const large = Buffer.concat([scene.backup.content, Buffer.alloc(2 * 2 ** 20)]);
            const { inputs, place } = await ownContainer(scene, { [name]: large });
            return {
              inputs: { ...inputs, backup_file_name: name },
              onStart: ({ child }) =>
                promisify(execFile)('prlimit', ['--pid', String(child.pid), `--fsize=${1.5 * 2 ** 20}`]),
              message: `Downloading "${name}" ${place} failed: the file would exceed the file size limit (EFBIG)
Raise the runner's file size limit (ulimit -f), then run the job again.
${untouched}`,
            };
          },
        },
      ],
    },
  ],
};
