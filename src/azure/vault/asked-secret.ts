import { commandLines, type ShellVariable } from '../../base/shell.ts';

/** What was asked of which vault. */
export interface AskedSecret {
  vaultName: string;
  /** Of the sign-in. */
  tenantId: string;
  clientId: string;
  name: string;
  /** The input that the name comes from. */
  input: 'db_user_secret_name' | 'db_password_secret_name';
}

/** The line of a command that says which vault it is about. */
export function vaultOf({ vaultName }: Pick<AskedSecret, 'vaultName'>): ShellVariable {
  return { variable: 'vault', value: vaultName, is: 'KEY_VAULT_NAME' };
}

function secretOf({ name, input }: Pick<AskedSecret, 'name' | 'input'>): ShellVariable {
  return { variable: 'secret', value: name, is: input.toUpperCase() };
}

/** The command that sets something of a secret but its value, with the lines that say which. */
export function setAttribute(asked: AskedSecret, attribute: string): string {
  const command = `az keyvault secret set-attributes --vault-name "$vault" --name="$secret" ${attribute}`;
  return commandLines([vaultOf(asked), secretOf(asked)], command);
}

/** How a secret is set: by a command that waits for the value, shows it nowhere, and adds no newline to it. */
export function howToSet(asked: Pick<AskedSecret, 'vaultName' | 'name' | 'input'>): string {
  const command =
    'IFS= read -rs value && printf %s "$value" | az keyvault secret set --vault-name "$vault" --name="$secret" ' +
    '--file /dev/stdin --encoding utf-8 --output none; unset value';
  return `To set its value, run this, then type or paste the value and press Enter:\n${commandLines([vaultOf(asked), secretOf(asked)], command)}`;
}
