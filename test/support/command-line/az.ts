/**
 * Plays Azure's command line for the commands of the documentation: it knows their options, refuses others, and keeps what they
 * make in a JSON file, which AZ_STATE names. https://learn.microsoft.com/cli/azure/reference-index
 */

import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Subscription } from './subscription.ts';

const stateFile = process.env['AZ_STATE'] ?? '';
const state = JSON.parse(readFileSync(stateFile, 'utf8')) as Subscription;

type Options = Record<string, string>;
interface Command {
  required: string[];
  optional?: string[];
  run: (options: Options) => object;
}

const resource = (kind: string, name: string) => `/subscriptions/${state.id}/providers/${kind}/${name}`;

const commands: Record<string, Command> = {
  'account show': { required: [], run: () => ({ id: state.id, tenantId: state.tenantId }) },
  'ad signed-in-user show': { required: [], run: () => ({ id: state.userId }) },
  'ad app create': { required: ['display-name'], run: () => ({ appId: state.clientId }) },
  'ad sp create': {
    required: ['id'],
    run: ({ id }) => {
      if (id !== state.clientId) fail(`Resource '${id}' does not exist`);
      return { id: state.principalId, appId: id };
    },
  },
  'ad app federated-credential create': {
    required: ['id', 'parameters'],
    run: ({ id, parameters = '' }) => {
      if (id !== state.clientId) fail(`Resource '${id}' does not exist`);
      const credential = JSON.parse(parameters) as Subscription['federatedCredentials'][number];
      state.federatedCredentials.push(credential);
      return credential;
    },
  },
  'identity create': {
    required: ['name', 'resource-group'],
    optional: ['location'],
    run: ({ name = '', 'resource-group': group = '' }) => {
      requireGroup(group);
      const isFirst = state.identities.length === 0;
      state.identities.push({
        name,
        clientId: isFirst ? state.clientId : randomUUID(),
        principalId: isFirst ? state.principalId : randomUUID(),
      });
      return identity(name);
    },
  },
  'identity show': {
    required: ['name', 'resource-group'],
    run: ({ name }) => identity(name),
  },
  'identity federated-credential create': {
    required: ['name', 'identity-name', 'resource-group'],
    optional: ['issuer', 'subject', 'audiences'],
    run: ({ name = '', 'identity-name': owner, issuer = '', subject = '', audiences = '' }) => {
      identity(owner);
      const credential = { name, subject, issuer, audiences: [audiences] };
      state.federatedCredentials.push(credential);
      return credential;
    },
  },
  'group delete': {
    required: ['name'],
    optional: ['yes'],
    run: ({ name = '' }) => {
      requireGroup(name);
      state.groups = state.groups.filter((group) => group !== name);
      return {};
    },
  },
  'group create': {
    required: ['name', 'location'],
    run: ({ name = '' }) => {
      state.groups.push(name);
      return { name };
    },
  },
  'keyvault create': {
    required: ['name', 'resource-group'],
    optional: ['location', 'enable-rbac-authorization'],
    run: ({ name = '', 'resource-group': group = '' }) => {
      requireGroup(group);
      if (!/^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/.test(name))
        fail(`The vault name '${name}' is invalid`);
      state.vault = name;
      return { id: resource('Microsoft.KeyVault/vaults', name), name };
    },
  },
  'keyvault secret set': {
    required: ['vault-name', 'name'],
    optional: ['file', 'encoding', 'value'],
    run: ({ 'vault-name': vault, name = '', file, encoding = 'utf-8', value }) => {
      if ((file === undefined) === (value === undefined))
        fail('incorrect usage: [Required] --value VALUE | --file PATH');
      if (vault !== state.vault) fail(`There is no vault '${vault}'`);
      if (!granted('Key Vault Secrets Officer', state.userId, vault ?? ''))
        fail('(Forbidden) ForbiddenByRbac');
      if (encoding !== 'utf-8') fail(`This stand-in knows no encoding ${encoding}`);
      // Azure's own reads a file as text, in which every line ends with a line feed.
      state.secrets[name] = value ?? readFileSync(file ?? '', 'utf8').replaceAll(/\r\n?/g, '\n');
      return { name };
    },
  },
  'storage account create': {
    required: ['name', 'resource-group'],
    optional: [
      'location',
      'sku',
      'kind',
      'min-tls-version',
      'allow-blob-public-access',
      'allow-shared-key-access',
    ],
    run: ({ name = '' }) => {
      if (!/^[a-z0-9]{3,24}$/.test(name)) fail(`${name} is not a valid storage account name`);
      state.storageAccount = name;
      return { id: resource('Microsoft.Storage/storageAccounts', name), name };
    },
  },
  'storage account blob-service-properties update': {
    required: ['account-name'],
    optional: [
      ...['resource-group', 'enable-delete-retention', 'delete-retention-days'],
      ...['enable-container-delete-retention', 'container-delete-retention-days'],
    ],
    run: (options) => {
      requireAccount(options['account-name']);
      state.blobService = options;
      return options;
    },
  },
  'storage container-rm create': {
    required: ['name', 'storage-account'],
    optional: ['resource-group'],
    run: ({ name = '', 'storage-account': account }) => {
      requireAccount(account);
      state.containers.push(name);
      return { name };
    },
  },
  'storage account management-policy create': {
    required: ['account-name', 'policy', 'resource-group'],
    run: ({ policy = '', 'account-name': account }) => {
      requireAccount(account);
      state.managementPolicy = JSON.parse(policy);
      return {};
    },
  },
  'storage container immutability-policy create': {
    required: ['account-name', 'container-name'],
    optional: ['resource-group', 'period'],
    run: ({ 'account-name': account, 'container-name': container = '', period }) => {
      requireAccount(account);
      if (!state.containers.includes(container)) fail(`There is no container '${container}'`);
      state.immutableForDays = Number(period);
      return {};
    },
  },
  'storage blob list': {
    required: ['container-name'],
    optional: ['account-name', 'auth-mode', 'prefix'],
    run: onBlobs,
  },
  'storage blob download': {
    required: ['container-name', 'name', 'file'],
    optional: ['account-name', 'auth-mode'],
    run: onBlobs,
  },
  'storage blob undelete': {
    required: ['container-name', 'name'],
    optional: ['account-name', 'auth-mode'],
    run: onBlobs,
  },
  'role assignment create': {
    required: ['role', 'scope', 'assignee-object-id'],
    optional: ['assignee-principal-type'],
    run: ({ role = '', scope = '', 'assignee-object-id': assignee = '' }) => {
      if (!scope.startsWith(`/subscriptions/${state.id}/`))
        fail(`The scope '${scope}' is not one of this subscription`);
      if (!isRole(role)) fail(`Role '${role}' doesn't exist.`);
      state.roleAssignments.push({ role, scope, assignee });
      return { id: randomUUID() };
    },
  },
  'role assignment delete': {
    required: ['role', 'scope', 'assignee'],
    run: (options) => {
      const isMeant = (one: Subscription['roleAssignments'][number]): boolean =>
        one.role === options['role'] &&
        one.scope === options['scope'] &&
        one.assignee === options['assignee'];
      if (!state.roleAssignments.some(isMeant)) fail('No matched assignments were found to delete');
      state.roleAssignments = state.roleAssignments.filter((one) => !isMeant(one));
      return {};
    },
  },
  'role definition create': {
    required: ['role-definition'],
    run: ({ 'role-definition': definition = '' }) => {
      const role = JSON.parse(definition) as Subscription['roles'][number];
      if (!role.AssignableScopes.every((scope) => scope.startsWith(`/subscriptions/${state.id}`)))
        fail('(AuthorizationFailed)');
      state.roles.push(role);
      return role;
    },
  },
  // The names of its options are those of version 2.86 and later.
  'postgres flexible-server firewall-rule create': {
    required: ['server-name', 'resource-group'],
    optional: ['name', 'start-ip-address', 'end-ip-address'],
    run: (options) => {
      state.firewallRules.push(options);
      return options;
    },
  },
  'postgres flexible-server firewall-rule delete': {
    required: ['server-name', 'resource-group', 'name'],
    optional: ['yes'],
    run: ({ name }) => {
      state.firewallRules = state.firewallRules.filter((rule) => rule['name'] !== name);
      return {};
    },
  },
};

/** Blobs are not played: only whether the account and container are there, and are asked as the person who is signed in. */
function onBlobs(options: Options): object {
  requireAccount(options['account-name']);
  const container = options['container-name'] ?? '';
  if (!state.containers.includes(container)) fail(`There is no container '${container}'`);
  if (options['auth-mode'] !== 'login') fail('Key based authentication is not permitted');
  return {};
}

function identity(name: string | undefined): object {
  const found = state.identities.find((one) => one.name === name) ?? fail(`There is no identity '${name}'`);
  return { ...found, tenantId: state.tenantId };
}

const builtIn = ['Key Vault Secrets User', 'Key Vault Secrets Officer', 'Storage Blob Data Contributor'];

function isRole(name: string): boolean {
  return builtIn.includes(name) || state.roles.some((role) => role.Name === name);
}

function requireGroup(name: string): void {
  if (!state.groups.includes(name)) fail(`Resource group '${name}' could not be found.`);
}

function granted(role: string, assignee: string, vault: string): boolean {
  const scope = resource('Microsoft.KeyVault/vaults', vault);
  return state.roleAssignments.some(
    (one) => one.role === role && one.assignee === assignee && one.scope === scope,
  );
}

function requireAccount(name: string | undefined): void {
  if (name !== state.storageAccount) fail(`There is no storage account '${name}'`);
}

function fail(message: string): never {
  console.error(`ERROR: ${message}`);
  process.exit(1);
}

const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('--'));
const name = words.slice(0, firstOption < 0 ? undefined : firstOption).join(' ');
const options: Options = {};
for (let i = firstOption; i >= 0 && i < words.length; i += 2) {
  const [option = '', value] = words[i] === '--yes' ? ['--yes', 'true'] : words.slice(i, i + 2);
  if (option === '--yes') i -= 1; // the only one that takes no value
  if (!option.startsWith('--') || value === undefined || value.startsWith('--'))
    fail(`unrecognized arguments: ${option}`);
  options[option.slice(2)] = value;
}

const command = commands[name] ?? fail(`'${name}' is misspelled or not recognized by the system.`);
const missing = command.required.filter((option) => options[option] === undefined);
if (missing.length > 0) fail(`the following arguments are required: --${missing.join(', --')}`);
const known = [...command.required, ...(command.optional ?? []), 'query', 'output'];
const unknown = Object.keys(options).filter((option) => !known.includes(option));
if (unknown.length > 0) fail(`unrecognized arguments: --${unknown.join(' --')}`);

const answer = command.run(options);
writeFileSync(stateFile, JSON.stringify(state));
if (options['query'] !== undefined) {
  console.log((answer as Record<string, unknown>)[options['query']] ?? '');
} else if (options['output'] !== 'none') {
  console.log(JSON.stringify(answer));
}
