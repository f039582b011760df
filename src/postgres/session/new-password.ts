import { causeOf } from '../../base/failure.ts';
import { inOneLine } from '../../base/format.ts';
import type { ConnectFailure } from './connect-failure.ts';
import type { Admission, Insistence } from './connection.ts';

/**
 * Whether a login was refused that worked before, and there is another password now, which counts from then on.
 * @param used the password of that login
 */
export async function hasAnotherPassword(
  { kind }: ConnectFailure,
  admission: Admission,
  insistence: Insistence,
  used: string,
): Promise<boolean> {
  if (kind !== 'rejected' || !admission.worked) return false;
  if (admission.password === used) {
    admission.renewal ??= renew(admission, insistence).finally(() => {
      delete admission.renewal;
    });
    await admission.renewal;
  }
  return admission.password !== used;
}

/** Never throws: without a new password, it is for the server's refusal to be told. */
async function renew(admission: Admission, { info, readPassword }: Insistence): Promise<void> {
  info('The server refuses the login that it accepted before. Reading the password again');
  try {
    const password = await readPassword();
    info(password === admission.password ? 'It is the same password' : 'Connecting with the new password');
    admission.password = password;
  } catch (error) {
    info(`The password could not be read: ${inOneLine(causeOf(error))}`);
  }
}
