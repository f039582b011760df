import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../support/github/github-oidc.ts';
import { backup } from './cases.ts';
import type { Case, Group } from './row.ts';
import { message } from './texts.ts';

const root = join(import.meta.dirname, '..', '..');
const action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { description: string; required?: boolean }>;
};
const workflow = parse(await readFile(join(root, '.github/workflows/db-backup-restore.yml'), 'utf8')) as {
  on: { workflow_call: { secrets: Record<string, unknown> } };
};
const secrets = Object.keys(workflow.on.workflow_call.secrets);

const wrong = (problem: string): string => `1 invalid input; nothing was changed.\nCorrect it:\n- ${problem}`;

/** Each input that has to be given: always, for one job, or where another is not given in its place. */
function casesOfMissing(): Case[] {
  return Object.entries(action.inputs).flatMap(([name, { description, required }]) => {
    const job = /required for `(\w+)`/.exec(description)?.[1];
    const other = /required unless `(\w+)` is given/.exec(description)?.[1];
    if (required !== true && job === undefined && other === undefined) return [];
    return {
      title: name,
      job: job === 'restore' ? job : 'backup',
      concurrent: true,
      arrange: () => ({
        inputs: { [name]: '', ...(other !== undefined && { [other]: '' }) },
        message: wrong(`${name} is missing`) + adviceOn(name.toUpperCase()),
      }),
    };
  });
}

function adviceOn(secret: string): string {
  return secrets.includes(secret)
    ? `\n${secret} is empty: not set, or not passed by the caller. ` +
        'Check both lists, with --env NAME for a job that has an environment:\n' +
        `gh variable list -R ${repository.owner}/${repository.name}\ngh secret list -R ${repository.owner}/${repository.name}`
    : '';
}

/** Inputs that cannot be right, or a runner on which nothing can be begun: nothing at all is asked or done. */
export const inputs: Group = {
  title: 'Inputs and runner',
  rows: [
    {
      what: 'The job is unknown',
      seen: 'job_to_run must be backup, restore, list, prune, protect, unprotect or check',
      remedy: 'Set `job_to_run` to `backup` or `restore`',
      cases: [
        backup(() => ({
          inputs: { job_to_run: 'destroy' },
          message: wrong(
            'job_to_run must be backup, restore, list, prune, protect, unprotect or check; it is "destroy"',
          ),
        })),
      ],
    },
    {
      what: 'An input is empty: not given, or from a variable or secret that is not set or not passed by the caller',
      seen: 'is missing',
      remedy:
        'Set it, or pass it. `gh variable list` and `gh secret list` show what is set, with `--env NAME` for a job that has an environment',
      cases: casesOfMissing(),
    },
    {
      what: "A restore would replace one of the server's own databases",
      seen: 'db_name must not be one of the server',
      remedy: 'Restore into a database of your own, which is created if it is not there',
      cases: ['postgres', 'template0', 'template1', 'azure_maintenance', 'azure_sys'].map((db_name) => ({
        title: db_name,
        job: 'restore',
        concurrent: true,
        arrange: () => ({
          inputs: { db_name },
          message: wrong(
            `db_name must not be one of the server's own databases, which a restore never replaces; it is "${db_name}"`,
          ),
        }),
      })),
    },
    {
      what: '`pg_dump_options` or `pg_restore_options` have an option that the action sets, or a second one on a line',
      seen: '_options must ',
      remedy: 'Remove it; give one option per line',
      cases: [
        {
          title: 'of pg_restore, on a line with another',
          job: 'restore',
          concurrent: true,
          arrange: () => ({
            inputs: { pg_restore_options: '--no-comments --dbname=postgres' },
            message: wrong(
              'pg_restore_options must have one option a line, and not contain --dbname, since the action connects by its own inputs: ' +
                '"--no-comments --dbname=postgres"; it is "--no-comments --dbname=postgres"',
            ),
          }),
        },
        backup(
          () => ({
            inputs: { pg_dump_options: '--no-comments\n-sfout.dump' },
            message: wrong(
              'pg_dump_options must not contain --file, since the action says where the archive goes; it is "--no-comments\\n-sfout.dump"',
            ),
          }),
          'of pg_dump, among other letters',
        ),
      ],
    },
    {
      what: '`postgres_version` is no major version',
      seen: 'postgres_version must be',
      remedy: 'Set it to a major version such as `17`, or leave it out',
      cases: [
        backup(
          () => ({
            inputs: { postgres_version: '17.6' },
            message: wrong('postgres_version must be auto or a major version from 10 to 99; it is "17.6"'),
          }),
          'a minor version',
        ),
      ],
    },
    {
      what: '`retry_timeout_seconds` is no number of seconds from 10 to 3600',
      seen: 'retry_timeout_seconds must be',
      remedy: 'Set it to a number such as `300`, or leave it out',
      cases: [
        backup(
          () => ({
            inputs: { retry_timeout_seconds: '5 min' },
            message: wrong(
              'retry_timeout_seconds must be a whole number of seconds from 10 to 3600; it is "5 min"',
            ),
          }),
          'another unit',
        ),
      ],
    },
    {
      what: '`postgres_apt_repository` is no source line, lacks its key, or has an option or a password that has no place in it',
      seen: 'postgres_apt_repository must',
      remedy:
        'Set it to one line with the key in `signed-by`, as in [PostgreSQL client](inputs.md#postgresql-client), or leave it out',
      cases: [
        backup(
          () => ({
            inputs: {
              postgres_apt_repository: 'deb [trusted=yes] https://mirror.example/pgdg noble-pgdg main',
            },
            message: wrong(
              'postgres_apt_repository must not have trusted, which turns checks of signatures off; ' +
                'it is "deb [trusted=yes] https://mirror.example/pgdg noble-pgdg main"',
            ),
          }),
          'unsigned',
        ),
        {
          title: 'with a password',
          job: 'restore',
          concurrent: true,
          arrange: () => ({
            inputs: {
              postgres_apt_repository:
                'deb [signed-by=/usr/share/keyrings/pgdg.gpg] https://ci:s3cret@mirror.example/pgdg noble-pgdg main',
            },
            message: wrong(
              'postgres_apt_repository must have no user and password in its URL: apt reads them from /etc/apt/auth.conf.d; ' +
                'it is "***@mirror.example/pgdg noble-pgdg main"',
            ),
          }),
        },
      ],
    },
    {
      what: 'The folder for temporary files is missing or not writable',
      seen: "Making a folder for the step's files",
      remedy: "Check that `_temp` in the runner's work folder exists and the runner's user may write to it",
      cases: [
        backup(() => ({
          environment: { RUNNER_TEMP: '/no/such/folder' },
          message: message(
            `Making a folder for the step's files in "/no/such/folder" failed: no such file or folder: `,
            /\/no\/such\/folder\/postgres-azure-backup-\w+/,
            " (ENOENT)\nThe runner sets RUNNER_TEMP itself (_temp in its work folder): see that it exists, and that the runner's user may write to it.\nNothing was changed.",
          ),
        })),
      ],
    },
  ],
};
