import { howToSet } from '../azure/vault/asked-secret.ts';
import type { LoginSecrets } from '../azure/vault/key-vault.ts';
import { Failure } from '../base/failure.ts';
import { quoted } from '../base/format.ts';
import type { Step } from '../base/step.ts';
import type { Login } from '../postgres/session/connection.ts';

/**
 * Connects for the first time. If the server rejects the login, the error says how to update the secret. The password may end with a
 * newline, as one does that was put into the vault from a file; it is used as it is, since it may be meant, and the error says so, and
 * else a warning.
 */
export async function explainRejectedLogin<T>(
  { user, password }: Login,
  { vaultName, userSecretName, passwordSecretName }: LoginSecrets,
  step: Pick<Step, 'warn'>,
  connect: () => Promise<T>,
): Promise<T> {
  const toSet = howToSet({ vaultName, name: passwordSecretName, input: 'db_password_secret_name' });
  const newline = /\r?\n$/.test(password)
    ? `The password in secret ${quoted(passwordSecretName)} ends with a newline`
    : undefined;
  try {
    const answer = await connect();
    if (newline !== undefined)
      step.warn(
        `${newline}, and it works. If the newline is not intended, set the password again without it, on the server and in the vault. ${toSet}`,
      );
    return answer;
  } catch (error) {
    if (error instanceof Failure && rejected.test(error.explanation.cause)) {
      const advice =
        newline === undefined
          ? `The server rejected user ${quoted(user)}. If the password was changed, update secret ${quoted(passwordSecretName)}; if the ` +
            `user is wrong, secret ${quoted(userSecretName)}. ${toSet}`
          : `${newline}, which was sent, too. Set it again without. ${toSet}`;
      throw new Failure({ ...error.explanation, advice }, { cause: error });
    }
    if (newline !== undefined)
      step.warn(`${newline}. If the server rejects it, set it again without. ${toSet}`);
    throw error;
  }
}

/** In English; a server may say it in another language. */
const rejected = /password authentication failed/i;
