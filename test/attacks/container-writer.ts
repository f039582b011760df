import { createHash } from 'node:crypto';
import type { Attack, Scene } from './attack.ts';

const who = 'who may write to the container';

/** Makes a backup, and puts something like it beside it. */
async function forged(
  scene: Scene,
  forge: (
    content: Buffer,
    metadata: Record<string, string>,
  ) => { content: Buffer; metadata: Record<string, string> },
): Promise<string> {
  const { backups } = scene.world;
  const name = await scene.backup();
  const { content, metadata } = forge(await backups.read(name), await backups.metadata(name));
  const other = name.replace('_backup_', '_backup_1');
  await backups.put(other, content, metadata);
  return other;
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

const hostile = encodeURIComponent(
  '\u0085::error::planted\n::add-mask::planted\r\u001b[2K\0```</summary>\n# planted',
);

/** What somebody can do who may write blobs, but does not get a person to restore another archive than the one that is meant. */
export const containerWriter: readonly Attack[] = [
  {
    who,
    what: 'writes metadata that are no text for a log',
    aims: ['swap', 'drop'],
    prepare: async (scene) => ({
      backup: await forged(scene, (content, metadata) => ({
        content,
        metadata: {
          ...Object.fromEntries(Object.keys(metadata).map((key) => [key, hostile])),
          sha256: sha256(content),
        },
      })),
    }),
  },
  {
    who,
    what: 'writes metadata that name a locale which is none',
    aims: ['swap', 'drop'],
    prepare: async (scene) => ({
      backup: await forged(scene, (content, metadata) => ({
        content,
        metadata: {
          ...metadata,
          collation: 'planted',
          character_type: '%0A%3A%3Aerror%3A%3Aplanted%27',
        },
      })),
      error: /was not (changed|touched by this restore)/,
    }),
  },
  {
    who,
    what: 'puts commands into the header of an archive',
    aims: ['swap'],
    prepare: async (scene) => ({
      backup: await forged(scene, (content, metadata) => {
        const version = Buffer.from(metadata['server_version'] ?? '');
        const at = content.indexOf(version);
        const changed = Buffer.from(content);
        if (at < 0) throw new Error('The header does not have the version');
        changed.write('\n::error::planted\n'.slice(0, version.length), at);
        return { content: changed, metadata: { ...metadata, sha256: sha256(changed) } };
      }),
      error: /was not (changed|touched by this restore)/,
    }),
  },
  {
    who,
    what: 'cuts an archive, and records what is left as if it were whole',
    aims: ['swap'],
    prepare: async (scene) => ({
      backup: await forged(scene, (content, metadata) => {
        const cut = content.subarray(0, content.length - 20);
        return { content: cut, metadata: { ...metadata, sha256: sha256(cut) } };
      }),
      error: /was not (changed|touched by this restore)/,
    }),
  },
  {
    who,
    what: 'changes a byte of an archive that has its checksum',
    aims: ['swap', 'drop'],
    prepare: async (scene) => ({
      backup: await forged(scene, (content, metadata) => {
        const changed = Buffer.from(content);
        changed[changed.length - 30] = (changed[changed.length - 30] ?? 0) ^ 1;
        return { content: changed, metadata };
      }),
      error: /was not (changed|touched by this restore)/,
    }),
  },
];
