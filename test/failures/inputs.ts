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
    const other = /required (?:for [^;]+ )?unless `(\w+)` is given/.exec(description)?.[1];
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
      remedy: 'Set `job_to_run` to one of these',
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
      what: '`latest` is to be protected, or no longer',
      seen: 'backup_file_name must name one backup',
      remedy: 'Give the name of the backup: `job_to_run: list` shows all of them',
      cases: [
        backup(() => ({
          inputs: { job_to_run: 'unprotect', backup_file_name: 'latest' },
          message: wrong(
            'backup_file_name must name one backup for unprotect: which one is the latest may have changed by then; it is "latest"',
          ),
        })),
      ],
    },
    {
      what: '`blob_prefix` is no folder that a container can have',
      seen: 'blob_prefix must',
      remedy: 'Set it to a folder such as `prod/app`, or leave it out',
      cases: [
        backup(
          () => ({
            inputs: { blob_prefix: '/prod' },
            message: wrong('blob_prefix must not begin with a slash; it is "/prod"'),
          }),
          'a slash before it',
        ),
      ],
    },
    {
      what: '`access_tier` is no tier that can be read at once',
      seen: 'access_tier must be',
      remedy: 'Set it to `hot`, `cool` or `cold`, or leave it out',
      cases: [
        backup(
          () => ({
            inputs: { access_tier: 'archive' },
            message: wrong('access_tier must be hot, cool or cold; it is "archive"'),
          }),
          'archive',
        ),
      ],
    },
    {
      what: '`protect` is too long, or has several lines',
      seen: 'protect must',
      remedy: 'Say it in a few words: they are recorded with the backup',
      cases: [
        backup(
          () => ({
            inputs: { protect: 'before\nrelease 4.2' },
            message: wrong(
              'protect must be one line, without control characters; it is "before\\nrelease 4.2"',
            ),
          }),
          'of a new backup',
        ),
      ],
    },
    {
      what: 'A number of a retention, or the age of a backup, is no whole number or too large',
      seen: 'must be a whole number from',
      remedy:
        'Set it to a number such as `7`; `0`, or nothing, is no rule. What is wrong is never read as "delete all"',
      cases: [
        backup(
          () => ({
            inputs: { retention_daily: '-1' },
            message: wrong('retention_daily must be a whole number from 0 to 10000; it is "-1"'),
          }),
          'of a backup',
        ),
        backup(
          () => ({
            inputs: { job_to_run: 'list', max_age_hours: '1.5' },
            message: wrong('max_age_hours must be a whole number from 1 to 87600; it is "1.5"'),
          }),
          'of a list',
        ),
      ],
    },
    {
      what: 'A prune has no rule, or none above 0',
      seen: 'another rule of a retention, must be given',
      remedy: 'Give at least one `retention_` input a number above 0, first with `retention_dry_run: true`',
      cases: [
        backup(() => ({
          inputs: { job_to_run: 'prune', retention_last: '0' },
          message: wrong(
            'retention_last, or another rule of a retention, must be given, and above 0: without one, nothing would be deleted',
          ),
        })),
      ],
    },
    {
      what: '`source_db_host` has no host names, or is `*` for another job than a list',
      seen: 'source_db_host must be',
      remedy:
        'Name the servers whose backups are meant, with commas between, as they were in `azure_db_host`',
      cases: [
        backup(
          () => ({
            inputs: { job_to_run: 'prune', retention_last: '7', source_db_host: '*' },
            message: wrong('source_db_host must be host names; only a list takes * for every server'),
          }),
          'every server',
        ),
        backup(
          () => ({
            inputs: { source_db_host: 'db.example.com:5432' },
            message: wrong(
              'source_db_host must be host names or IP addresses with commas between them, without ports or URLs around them; ' +
                'it is "db.example.com:5432"',
            ),
          }),
          'with a port',
        ),
      ],
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
