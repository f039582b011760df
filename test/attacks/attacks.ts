import type { Attack } from './attack.ts';
import { caller } from './caller.ts';
import { containerWriter } from './container-writer.ts';
import { loginRole } from './login-role.ts';
import { schemaOwner } from './schema-owner.ts';

/** Who may prepare what against the next run of the action; SECURITY.md says what holds. */
export const attacks: readonly Attack[] = [...loginRole, ...schemaOwner, ...containerWriter, ...caller];
