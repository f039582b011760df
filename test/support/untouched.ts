import { expect } from 'vitest';
import { type Jobs, onlyError, until } from './jobs.ts';
import type { StepResult } from './runner/runner.ts';

/**
 * Remembers a database, and those beside it, as they are now.
 * @returns checks that a failed restore has left everything so, and nothing of its own; gives its one error
 */
export async function remember(
  jobs: Jobs,
  database: string,
): Promise<(restore: StepResult) => Promise<string>> {
  const text = await jobs.text(database);
  const beside = async () => (await jobs.databases()).filter((name) => name.startsWith(`${database}_`));
  const others = await beside();
  return async (restore) => {
    const message = onlyError(restore);
    expect(message).toMatch(/was not (changed|touched by this restore)\.|No backup was made\./);
    expect(await jobs.text(database)).toBe(text);
    expect(await beside()).toEqual(others);
    expect(restore.outputs).toEqual({});
    expect(restore.tempFilesLeft).toEqual([]);
    await until(
      'our sessions to be gone',
      async () => (await jobs.query('postgres', ourSessions)).length === 0,
    );
    return message;
  };
}

/** The sessions that the action and its programs have on a server. */
export const ourSessions = `SELECT pid, application_name FROM pg_stat_activity
  WHERE application_name ~ '^(postgres-azure-backup|pg_restore|psql)'`;
