import { bashWord } from '../../base/shell.ts';
import { missingInput } from './reader.ts';

/** The inputs make no request. What to do names each input that is wrong, and what is allowed: there is no other cause to tell. */
export class InputError extends Error {
  /** The state in a sentence, without its full stop, and what to do. */
  readonly parts: { lead: string; advice: string };

  constructor(problems: readonly string[], environment = process.env) {
    const [count, them] =
      problems.length === 1 ? ['1 invalid input', 'it'] : [`${problems.length} invalid inputs`, 'them'];
    const lead = `${count}; nothing was changed`;
    const list = problems.map((problem) => `- ${problem}`).join('\n');
    const advice = `Correct ${them}:\n${list}${adviceOnSettings(problems, environment)}`;
    super(`${lead}.\n${advice}`);
    this.name = 'InputError';
    this.parts = { lead, advice };
  }
}

/** Inputs that are usually given from variables, or from secrets, whose values GitHub then masks everywhere. */
export const secretInputNames = [
  'azure_client_id',
  'azure_tenant_id',
  'azure_subscription_id',
  'key_vault_name',
  'db_user_secret_name',
  'db_password_secret_name',
  'azure_db_host',
  'storage_account_name',
  'storage_container_name',
] as const;

/** Where inputs are missing that come from variables or secrets, that is why: one that is not there is empty. */
function adviceOnSettings(problems: readonly string[], environment: NodeJS.ProcessEnv): string {
  const names = secretInputNames
    .filter((name) => problems.includes(missingInput(name)))
    .map((name) => name.toUpperCase());
  if (names.length === 0) return '';
  const target = repositoryOption(environment);
  return [
    `\n${joinedByAnd(names)} ${names.length === 1 ? 'is' : 'are'} empty: not set, or not passed by the caller. ` +
      'Check both lists, with --env NAME for a job that has an environment:',
    `gh variable list${target}`,
    `gh secret list${target}`,
  ].join('\n');
}

/** Says to gh which repository is meant, since it is run outside of a checkout; empty if this is no run of a workflow. */
function repositoryOption(environment: NodeJS.ProcessEnv): string {
  const { GITHUB_SERVER_URL: server = '', GITHUB_REPOSITORY: repository = '' } = environment;
  if (repository === '') return '';
  const host = URL.parse(server)?.host ?? 'github.com';
  return ` -R ${bashWord(host === 'github.com' ? repository : `${host}/${repository}`)}`;
}

function joinedByAnd(names: readonly string[]): string {
  const [last = '', ...before] = names.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}
