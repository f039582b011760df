import { archive } from './archive.ts';
import { inputs } from './inputs.ts';
import type { Group } from './row.ts';
import { storage } from './storage.ts';
import { target } from './target.ts';

/** All failures, in the order of the README's troubleshooting. */
export const groups: Group[] = [inputs, storage, archive, target];
