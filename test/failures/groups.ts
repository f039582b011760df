import { access } from './access.ts';
import { connections } from './connection.ts';
import { dumps } from './dump.ts';
import { inputs } from './inputs.ts';
import type { Group } from './row.ts';

/** All failures, in the order of the README's troubleshooting. */
export const groups: Group[] = [inputs, connections, access, dumps];
