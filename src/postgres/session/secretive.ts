/** A URL with a password, or what libpq, ADO.NET and the like call one: `://user:pass@`, `password=`, `Pwd = ` */
const credential =
  /:\/\/[^\s/@]*:[^\s@]*@|\b(password|passwd|passphrase|pwd|secret|token|\w*key)['"]?\s*[=:]/i;

/** Whether a text looks as if it held a password. */
export function holdsCredential(text: string): boolean {
  return credential.test(text);
}
