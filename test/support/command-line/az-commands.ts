/**
 * The commands of Azure's command line that errors tell, with all of their options that are used.
 * https://learn.microsoft.com/cli/azure/reference-index
 */
export const azCommands: Readonly<Record<string, { required: string[]; optional?: string[] }>> = {
  'account show': { required: [] },
  'ad app federated-credential create': { required: ['--id', '--parameters'] },
  'ad app federated-credential list': { required: ['--id'] },
  'ad sp create': { required: ['--id'] },
  'ad sp show': { required: ['--id'] },
  'ad sp update': { required: ['--id'], optional: ['--set'] },
  'identity federated-credential create': {
    required: ['--name', '--identity-name', '--resource-group'],
    optional: ['--issuer', '--subject', '--audiences'],
  },
  'identity list': { required: [], optional: ['--resource-group'] },
  'keyvault list-deleted': { required: [] },
  'keyvault network-rule add': { required: ['--name'], optional: ['--ip-address'] },
  'keyvault secret list': { required: ['--vault-name'] },
  'keyvault secret set': {
    required: ['--vault-name', '--name'],
    optional: ['--file', '--encoding', '--value'],
  },
  'keyvault secret set-attributes': {
    required: ['--vault-name', '--name'],
    optional: ['--enabled', '--expires'],
  },
  'keyvault set-policy': { required: ['--name'], optional: ['--spn', '--secret-permissions'] },
  'keyvault show': { required: ['--name'] },
  'role assignment create': { required: ['--role', '--scope', '--assignee'] },
  'storage blob set-tier': {
    required: ['--account-name', '--container-name', '--name', '--tier'],
    optional: ['--rehydrate-priority', '--auth-mode'],
  },
  'storage blob undelete': {
    required: ['--account-name', '--container-name', '--name'],
    optional: ['--auth-mode'],
  },
};

/** What is wrong with the arguments of a call; undefined if nothing is. Each option is given one value. */
export function problemWithCall(args: readonly string[]): string | undefined {
  const first = args.findIndex((arg) => arg.startsWith('--'));
  const name = args.slice(0, first < 0 ? undefined : first).join(' ');
  const command = azCommands[name];
  if (!command) return `${name} is no command`;
  const options = first < 0 ? [] : args.slice(first).filter((_, index) => index % 2 === 0);
  const known = [...command.required, ...(command.optional ?? []), '--query', '--output'];
  const wrong = options.find((option) => !known.includes(option));
  const missing = command.required.find((option) => !options.includes(option));
  if (wrong !== undefined) return `${name} has no option ${wrong}`;
  return missing === undefined ? undefined : `${name} lacks ${missing}`;
}
