import type { Case } from './row.ts';

/** A backup that fails and changes nothing but its own inputs and variables for that, so that it may run beside others. */
export function backup(arrange: Case['arrange'], title?: string): Case {
  return { ...(title !== undefined && { title }), job: 'backup', concurrent: true, arrange };
}
