import { openBackupStore } from '../azure/storage/backup-store.ts';
import { Failure } from '../base/failure.ts';
import type { Step } from '../base/step.ts';
import { checkBackup } from './check/backup.ts';
import { type Area, attempt, failedCheck, type StoppedJob, uncheckedCheck } from './check/checklist.ts';
import { isOfFailure, reportOf, tasksOf } from './check/report.ts';
import { checkRestore } from './check/restore.ts';
import { type CheckedServer, checkServer } from './check/server.ts';
import { checkStorage } from './check/storage.ts';
import { countOf, stoppedBy, tallyOf, verdictOf } from './check/verdict.ts';
import { readLoginWith, signInForVault } from './preparation.ts';
import type { CheckRequest } from './request.ts';
import type { CheckResult, JobProblem } from './result.ts';

/**
 * Finds out whether a backup and a restore of a database would work, and changes nothing but for a small file in the container, which is
 * gone in the end. What does not pass keeps nothing else from being checked, unless that depends on it.
 * @returns what was checked, with the problem that fails the step if a job would fail
 */
export async function check(asked: CheckRequest, step: Step): Promise<CheckResult> {
  const clock = performance.now();
  const { database, patience } = asked;
  const areas = emptyAreas();
  const { signIn, vault, server, storage } = areas;

  const credential = await step.phase('Sign in to Azure', () =>
    attempt(signIn, 'GitHub OIDC', step, async (own) => {
      const value = await signInForVault(asked, own);
      return { value, detail: `Signed in as application ${asked.principal.clientId}.` };
    }),
  );
  const login =
    credential &&
    (await step.phase('Read the secrets', () =>
      attempt(vault, 'Database credentials', step, async (own) => {
        const value = await readLoginWith(credential, asked, own);
        return { value, detail: `User and password, from ${asked.secrets.vaultUrl}.` };
      }),
    ));
  const reached =
    login && (await step.phase('Check the server', () => checkServer(server, asked, login, step)));
  if (reached) await checkJobs(areas, asked, reached, step);
  if (credential) {
    const store = openBackupStore(asked.store, credential, { patience, info: step.info });
    await step.phase('Check the container', () => checkStorage(storage, asked, store, step));
  }
  sayWhatIsMissing(areas);

  const all = Object.values(areas);
  const groups = all.map(({ title, checks }) => ({ title, checks }));
  const stopped = stoppedBy(all);
  for (const line of reportOf({ groups, stopped })) step.info(line);
  return {
    ...{ job: 'check', database, host: asked.server.host, groups, stopped },
    duration: performance.now() - clock,
    ...(stopped.length > 0 && {
      problem: problemOfCheck({ groups, stopped }),
    }),
  };
}

/** Of the error, which names what did not pass; the summary is the result's alone. */
function problemOfCheck(result: Pick<CheckResult, 'groups' | 'stopped'>): JobProblem {
  const failed = tasksOf(result.groups).filter(isOfFailure);
  const names = failed.map(({ title }) => title).join('; ');
  return {
    title: verdictOf(result),
    cause: `${countOf(tallyOf(result.groups))}: ${names}`,
    advice: '',
    isToldByResult: true,
  };
}

type Areas = Record<'signIn' | 'vault' | 'server' | 'backup' | 'restore' | 'storage', Area>;

function emptyAreas(): Areas {
  const area = (title: string, ...stops: StoppedJob[]): Area => ({ title, stops, checks: [] });
  return {
    signIn: area('Azure sign-in', 'backup', 'restore'),
    vault: area('Key Vault', 'backup', 'restore'),
    server: area('Server', 'backup', 'restore'),
    backup: area('Backup', 'backup'),
    restore: area('Restore', 'restore'),
    storage: area('Storage', 'backup', 'restore'),
  };
}

/** What a backup and a restore meet on a server that can be asked. */
async function checkJobs(
  { backup, restore }: Areas,
  asked: CheckRequest,
  { client, psql, answers: { forBackup, forRestore } }: CheckedServer,
  step: Step,
): Promise<void> {
  const found = { client, psql, connection: psql.connection };
  const extensions = await step.phase('Check a backup', async () => {
    if (!(forBackup instanceof Failure))
      return checkBackup(backup, asked, { ...found, server: forBackup }, step);
    backup.checks.push(failedCheck('Database', forBackup.explanation));
    return undefined;
  });
  await step.phase('Check a restore', async () => {
    if (forRestore instanceof Failure) {
      restore.checks.push(failedCheck('Maintenance database', forRestore.explanation));
      return;
    }
    const original = {
      size: forBackup instanceof Failure ? undefined : forBackup.size,
      extensions: extensions && Object.keys(extensions.versions),
    };
    await checkRestore(restore, asked, { ...found, server: forRestore }, original, step);
  });
}

/** An area with nothing in it depends on one that did not pass. */
function sayWhatIsMissing({ signIn, vault, server, backup, restore, storage }: Areas): void {
  const needs: [Area, string, Area][] = [
    [vault, 'Database credentials', signIn],
    [server, 'Connection', vault],
    [backup, 'Database and rights', server],
    [restore, 'Database and rights', server],
    [storage, 'Container', signIn],
  ];
  for (const [area, what, needed] of needs) {
    if (area.checks.length === 0)
      area.checks.push(uncheckedCheck(what, `${needed.title} did not pass, and is needed first.`));
  }
}
