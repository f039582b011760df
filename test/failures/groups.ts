import { access } from './access.ts';
import { archive } from './archive.ts';
import { connections } from './connection.ts';
import { content } from './content.ts';
import { dumps } from './dump.ts';
import { extensions } from './extensions.ts';
import { inputs } from './inputs.ts';
import { keyVault } from './key-vault.ts';
import { retention } from './retention.ts';
import type { Group } from './row.ts';
import { signIn } from './sign-in.ts';
import { storage } from './storage.ts';
import { target } from './target.ts';

/** All failures, in the order of docs/troubleshooting.md. */
export const groups: Group[] = [
  ...[inputs, signIn, keyVault],
  ...[connections, access, dumps],
  ...[storage, archive, target, content, extensions],
  retention,
];
