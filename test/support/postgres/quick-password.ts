import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/**
 * A password as a server keeps it, for `PASSWORD '…'`, by which clients sign in with one round of hashing in place of 4,096: those
 * take psql a tenth of its time, and what signs in thirty times a run is not tried by them. The server asks for it in the same way.
 * What passwords may be made of that SASLprep would change goes to the server as it is, and so do all of a benchmark.
 * https://github.com/postgres/postgres/blob/master/src/common/scram-common.c (scram_build_secret)
 */
export function quickPassword(password: string): string {
  if (!process.env['VITEST'] || !/^[ -~\p{L}]+$/u.test(password) || password !== password.normalize('NFKC'))
    return password;
  const [salt, rounds] = [randomBytes(16), 1];
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const key = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
}
