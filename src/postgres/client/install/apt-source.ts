/** One package source of apt, as a line of `sources.list` has it; https://manpages.debian.org/stable/apt/sources.list.5.en.html */
export interface AptSource {
  /** With http, https or file, and without a user or a password. */
  uri: string;
  suite: string;
  /** None if the suite is a folder, which ends with a slash then. */
  components: readonly string[];
  /** The architectures to ask for, several with commas between; the machine's own without it. */
  arch?: string;
  /** Path of the key that signs the source. */
  signedBy: string;
}

/** The source that a line describes; undefined if `problemWithAptSource` has something to say of it. */
export function parseAptSource(line: string): AptSource | undefined {
  const read = readLine(line);
  return typeof read === 'string' ? undefined : read;
}

/**
 * What is wrong with a source line, as "must …", or undefined if nothing is. Far less is allowed than apt knows: nothing that turns its
 * checks off, asks for another key, or means something else to apt than to who reads the line. The file of the key is not looked at.
 */
export function problemWithAptSource(line: string): string | undefined {
  const read = readLine(line);
  return typeof read === 'string' ? read : undefined;
}

/** A source as the one line that apt takes. */
export function sourceLine({ uri, suite, components, arch, signedBy }: AptSource): string {
  const options = [`signed-by=${signedBy}`, ...(arch === undefined ? [] : [`arch=${arch}`])];
  return ['deb', `[${options.join(' ')}]`, uri, suite, ...components].join(' ');
}

/** A source line as it may be shown: a password, which has no place in it, is hidden, and so is a token in a query. */
export function withoutPassword(line: string): string {
  return line.replace(/^[\s\S]*@/, '***@').replace(/\?[\s\S]*$/, '?***');
}

/** What apt takes as it is in every part of a line. The first character is no dash: nothing becomes an option. */
const aptWord = /^[A-Za-z0-9._~+/][A-Za-z0-9._~+/-]*$/;

/** Options that make apt take packages whose signature is missing, weak or wrong. */
const unsafeOptions = ['trusted', 'allow-insecure', 'allow-weak', 'allow-downgrade-to-insecure'];

/** @returns the source, or what is wrong with the line */
function readLine(line: string): AptSource | string {
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(line)) return 'must be one line without control characters';
  const [, inside, after = ''] = /^deb +(?:\[([^\]]*)\] +)?([^ [].*)$/.exec(line) ?? [];
  if (after === '')
    return 'must be one apt source line: deb [signed-by=/path/of/key.gpg] URL suite component';
  const options = readSourceOptions(splitAtSpaces(inside ?? ''));
  if (typeof options === 'string') return options;
  const [uri = '', suite = '', ...components] = splitAtSpaces(after);
  const problem = problemWithUri(uri) ?? problemWithSuite(suite, components);
  return problem ?? { uri, suite, components, ...options };
}

function splitAtSpaces(text: string): string[] {
  return text.split(' ').filter((part) => part !== '');
}

function readSourceOptions(given: readonly string[]): Pick<AptSource, 'arch' | 'signedBy'> | string {
  const options = new Map<string, string>();
  for (const option of given) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/.exec(option) ?? [];
    if (unsafeOptions.includes(name)) return `must not have ${name}, which turns checks of signatures off`;
    if ((name !== 'signed-by' && name !== 'arch') || options.has(name))
      return 'must have no options in the brackets but signed-by and arch, each once';
    options.set(name, value);
  }
  const [signedBy, arch] = [options.get('signed-by'), options.get('arch')];
  if (signedBy === undefined)
    return 'must have the path of its key in brackets after deb: [signed-by=/path/of/key.gpg]';
  if (!aptWord.test(signedBy) || !signedBy.startsWith('/'))
    return 'must have an absolute path in signed-by, of letters, digits and . _ ~ + - only';
  if (arch === undefined) return { signedBy };
  return /^[a-z0-9]+(,[a-z0-9]+)*$/.test(arch)
    ? { signedBy, arch }
    : 'must have an architecture in arch, such as amd64 or arm64';
}

function problemWithUri(uri: string): string | undefined {
  if (/^[^/]*(\/\/)?[^/]*@/.test(uri))
    return 'must have no user and password in its URL: apt reads them from /etc/apt/auth.conf.d';
  // Of what a percent sign makes, apt takes a control character as it is.
  const path = /^(\/([\w.~+,=:@/-]|%(?![01]|7f)[0-9a-f]{2})*)?$/i;
  const web = /^https?:\/\/([A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(?=\/|$)/;
  const file = /^file:(\/\/)?(?=\/(?!\/))/;
  const start = web.exec(uri)?.[0] ?? file.exec(uri)?.[0];
  return start !== undefined && path.test(uri.slice(start.length)) && URL.canParse(uri)
    ? undefined
    : 'must have a URL that begins with https://, http:// or file:/ and has no query';
}

function problemWithSuite(suite: string, components: readonly string[]): string | undefined {
  if (![suite, ...components].every((name) => aptWord.test(name)))
    return 'must have a suite and components of letters, digits and . _ ~ + / - after the URL, none with a dash first';
  return suite.endsWith('/') === (components.length === 0)
    ? undefined
    : 'must have a suite and at least one component, or a folder that ends with a slash, after the URL';
}
