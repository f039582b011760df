import { randomUUID } from 'node:crypto';
import type { Secret } from '../support/azure/key-vault.ts';
import { backup } from './cases.ts';
import type { Arranged, Case } from './row.ts';
import type { Scene } from './scene.ts';

export type Whose = 'user' | 'password';
export const inputOf = { user: 'db_user_secret_name', password: 'db_password_secret_name' } as const;

export interface Refusal {
  cause: string;
  advice: string;
}

/** A step that is told to use a secret of another name, which is in the vault like this, or is not. */
export function secretLike(
  { world: { vault, login } }: Scene,
  whose: Whose,
  change: Partial<Secret> | undefined,
  refusal: (name: string, command: string) => Refusal,
): Arranged {
  const name = `of-${whose}-${randomUUID()}`;
  if (change) vault.secrets.set(name, { value: login[whose], ...change });
  const { cause, advice } = refusal(name, howToSet(vault.name, name, whose));
  return {
    inputs: { [inputOf[whose]]: name },
    message: `Reading the database's ${whose} (secret "${name}") from ${vault.url} failed: ${cause}\n${advice}`,
  };
}

/** The lines that say which vault, and which of its secrets, the command below them is about. */
export function linesOfSecret(vault: string, name: string, whose: Whose): string {
  return `vault=${vault} # KEY_VAULT_NAME\nsecret=${name} # DB_${whose.toUpperCase()}_SECRET_NAME\n`;
}

export function howToSet(vault: string, name: string, whose: Whose): string {
  return (
    `To set its value, run this, then type or paste the value and press Enter:\n${linesOfSecret(vault, name, whose)}` +
    'IFS= read -rs value && printf %s "$value" | az keyvault secret set --vault-name "$vault" --name="$secret" --file /dev/stdin ' +
    '--encoding utf-8 --output none; unset value'
  );
}

/** A case for each of the two secrets. */
export function ofEach(arrange: (scene: Scene, whose: Whose) => Arranged): Case[] {
  return (['user', 'password'] as const).map((whose) => backup((scene) => arrange(scene, whose), whose));
}

/** Both secrets at once, since it is the vault that refuses. */
export function both(
  { world: { vault } }: Scene,
  names: Record<Whose, string>,
  { cause, advice }: Refusal,
): string {
  return (
    `Reading the database's user (secret "${names.user}") and the database's password (secret "${names.password}") from ` +
    `${vault.url} failed: ${cause}\n${advice}`
  );
}
