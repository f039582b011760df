import type { Attack } from './attack.ts';
import { loginRole } from './login-role.ts';

/** Who may prepare what against the next run of the action; SECURITY.md says what holds. */
export const attacks: readonly Attack[] = [...loginRole];
