/** How a secret looks when it has been escaped on its way to where nobody should read it. */
export interface Form {
  /** `in base64` */
  name: string;
  text: string;
}

const ways: Record<string, (secret: string) => string | string[]> = {
  'as it is': (secret) => secret,
  'without the spaces around it': (secret) => secret.trim(),
  'in JSON': inJson,
  'in JSON in JSON': (secret) => inJson(inJson(secret)),
  'as a literal of SQL': (secret) => secret.replaceAll("'", "''"),
  'as a literal of SQL with escapes': (secret) => secret.replaceAll('\\', '\\\\').replaceAll("'", "''"),
  'as an identifier of SQL': (secret) => secret.replaceAll('"', '""'),
  'in a connection string': (secret) => secret.replace(/[\\']/g, '\\$&'),
  'in a connection string in SQL': (secret) => secret.replace(/[\\']/g, '\\$&').replaceAll("'", "''"),
  'in COPY': (secret) =>
    secret.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t'),
  'in a URL': encodeURIComponent,
  'in a whole URL': encodeURI,
  'in a form': (secret) => new URLSearchParams({ x: secret }).toString().slice(2),
  'in a password of a URL': (secret) => {
    const url = new URL('https://user@host');
    url.password = secret;
    return url.password;
  },
  'in a shell': (secret) => secret.replaceAll("'", `'\\''`),
  'in a shell with double quotes': (secret) => secret.replace(/["$`\\]/g, '\\$&'),
  "in a workflow's command": (secret) =>
    secret.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'),
  'in HTML': (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'in base64': (secret) => shifts.map((shift) => inBase64(secret, shift, 'base64')),
  'in base64 for URLs': (secret) => shifts.map((shift) => inBase64(secret, shift, 'base64url')),
  'in hexadecimal digits': (secret) => Buffer.from(secret).toString('hex'),
  'in UTF-16': (secret) => Buffer.from(secret, 'utf16le').toString('latin1'),
};

/** A line, or a rest of a form, that is shorter stands in many texts by chance. */
const shortest = 6;

/** All forms of a secret, and of each of its lines; of two that are the same, the one that comes first. */
export function formsOf(secret: string): Form[] {
  const lines = secret.split(/\r?\n/);
  const parts = lines.length > 1 ? [secret, ...lines] : [secret];
  const forms = parts.flatMap((part, index) =>
    Object.entries(ways).flatMap(([way, write]) => {
      const name = index === 0 ? way : `line ${index} ${way}`;
      return [write(part)].flat().map((text) => ({ name, text }));
    }),
  );
  const first = new Map(forms.toReversed().map((form) => [form.text, form]));
  return [...first.values()].filter(({ text }) => text.length >= shortest);
}

/**
 * Looks for secrets.
 * @param secrets by what they are
 * @param places texts by where they stand
 * @returns each find in words, such as `the password, in JSON, in the log`
 */
export function leaks(secrets: Record<string, string>, places: Record<string, string>): string[] {
  const found = Object.entries(secrets).flatMap(([what, secret]) =>
    formsOf(secret).flatMap(({ name, text }) =>
      Object.entries(places)
        .filter(([, place]) => place.includes(text))
        .map(([where]) => `${what}, ${name}, in ${where}`),
    ),
  );
  return [...new Set(found)];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const shifts = [0, 1, 2] as const;

/** What stands for the secret in base64, whatever comes before it (so many bytes, by threes) and after it. */
function inBase64(secret: string, shift: (typeof shifts)[number], encoding: 'base64' | 'base64url'): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
  return whole.toString(encoding).slice(Math.ceil((shift * 4) / 3));
}
