import { commandToSet } from '../azure/vault/errors.ts';
import type { LoginSecrets } from '../azure/vault/key-vault.ts';
import { Failure } from '../base/failure.ts';
import { quoted } from '../base/format.ts';
import type { Step } from '../base/step.ts';
import type { Login } from '../postgres/session/connection.ts';

/**
 * Connects for the first time, with a password that may end with a newline, as one does that was put into the vault from a
 * file. It is used as it is, since it may be meant; if the server refuses it, the error says so, and else a warning.
 */
export async function explainTrailingNewline<T>(
  { password }: Login,
  { vaultName, passwordSecretName }: LoginSecrets,
  step: Pick<Step, 'warn'>,
  connect: () => Promise<T>,
): Promise<T> {
  if (!/\r?\n$/.test(password)) return connect();
  const fact = `The password in secret ${quoted(passwordSecretName)} ends with a newline`;
  const command = commandToSet(vaultName, passwordSecretName);
  try {
    const answer = await connect();
    step.warn(
      `${fact}, and was used as it is. If that is not meant, set it again in both places, the server and the vault: ${command}`,
    );
    return answer;
  } catch (error) {
    if (error instanceof Failure && refused.test(error.explanation.cause)) {
      const advice = `${fact}, which was sent too. Set it again without: ${command}`;
      throw new Failure({ ...error.explanation, advice }, { cause: error });
    }
    step.warn(`${fact}. If the server refuses it, set it again without: ${command}`);
    throw error;
  }
}

/** In English; a server may say it in another language. */
const refused = /password authentication failed/i;
