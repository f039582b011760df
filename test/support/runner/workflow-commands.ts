/** An annotation on the run's page. */
export interface Annotation {
  level: 'error' | 'warning' | 'notice';
  title?: string;
  message: string;
}

/** What a line of a step's output is to the runner. */
export type LogEvent =
  | { kind: 'text'; text: string }
  | { kind: 'group'; title: string }
  | { kind: 'endgroup' }
  | { kind: 'mask'; value: string }
  | { kind: 'debug'; message: string }
  | { kind: 'annotation'; annotation: Annotation }
  | { kind: 'other'; text: string };

/**
 * Makes a reader of output lines, which has a memory: between `::stop-commands::token` and `::token::`
 * every line is mere text.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function makeLineReader(): (line: string) => LogEvent {
  let resumeToken: string | undefined;

  return (line) => {
    const command = parseCommand(line);
    if (!command) return { kind: 'text', text: line };
    if (resumeToken !== undefined) {
      if (command.name !== resumeToken) return { kind: 'text', text: line };
      resumeToken = undefined;
      return { kind: 'other', text: line };
    }
    if (command.name === 'stop-commands') resumeToken = command.data;
    return toEvent(command, line);
  };
}

/** Reads a whole log. */
export function readLog(log: string): LogEvent[] {
  return log.split('\n').map(makeLineReader());
}

interface Command {
  name: string;
  properties: Record<string, string>;
  data: string;
}

function toEvent({ name, properties, data }: Command, line: string): LogEvent {
  switch (name) {
    case 'error':
    case 'warning':
    case 'notice': {
      const { title } = properties;
      return {
        kind: 'annotation',
        annotation: { level: name, ...(title !== undefined && { title }), message: data },
      };
    }
    case 'group':
      return { kind: 'group', title: data };
    case 'endgroup':
      return { kind: 'endgroup' };
    case 'add-mask':
      return { kind: 'mask', value: data };
    case 'debug':
      return { kind: 'debug', message: data };
    case 'stop-commands':
    case 'echo':
    case 'add-matcher':
    case 'remove-matcher':
      return { kind: 'other', text: line };
    default:
      return { kind: 'text', text: line };
  }
}

/** `::name key=value,key=value::data`, after .NET's white space, which U+0085 is part of. */
function parseCommand(line: string): Command | undefined {
  const [, name, properties = '', data = ''] =
    /^[\s\u0085]*::([^\s:][^\s]*?)(?: (.*?))?::(.*)$/.exec(line.replace(/\r$/, '')) ?? [];
  if (name === undefined) return undefined;
  const pairs = properties
    .split(',')
    .map((pair) => /^\s*([^=]+)=(.+?)\s*$/.exec(pair))
    .filter((match) => match !== null)
    .map(([, key, value]) => [key, unescapeValue(value ?? '', propertyEscapes)]);
  return { name, properties: Object.fromEntries(pairs), data: unescapeValue(data, dataEscapes) };
}

/** The percent sign comes last, so that an escaped escape stays one. */
const dataEscapes: [string, string][] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const propertyEscapes: [string, string][] = [['%3A', ':'], ['%2C', ','], ...dataEscapes];

function unescapeValue(text: string, escapes: [string, string][]): string {
  return escapes.reduce((value, [escaped, plain]) => value.replaceAll(escaped, plain), text);
}
