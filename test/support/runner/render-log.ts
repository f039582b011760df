import { type LogEvent, makeLineReader } from './workflow-commands.ts';

const labels = { error: 'Error', warning: 'Warning', notice: 'Notice' };

/**
 * Makes a renderer that shows output the way GitHub's log does, one line after the other: groups as
 * headings with their content indented, annotations in words, and secrets as `***` from the moment they
 * are known. A line that GitHub does not show becomes `undefined`.
 */
export function makeRenderer(secrets: string[] = []): (line: string) => string | undefined {
  const read = makeLineReader();
  const mask = makeMask(secrets);
  let inGroup = false;

  return (line) => {
    const event = read(line);
    if (event.kind === 'mask') mask.add(event.value);
    if (event.kind === 'endgroup') inGroup = false;
    const text = show(event);
    const indent = inGroup ? '  ' : '';
    if (event.kind === 'group') inGroup = true;
    return text === undefined
      ? undefined
      : indentLines(mask.apply(text), event.kind === 'group' ? '' : indent);
  };
}

/** Renders a whole log. */
export function render(log: string, secrets: string[] = []): string {
  return log
    .split('\n')
    .map(makeRenderer(secrets))
    .filter((line) => line !== undefined)
    .join('\n');
}

function show(event: LogEvent): string | undefined {
  switch (event.kind) {
    case 'text':
    case 'other':
      return event.text;
    case 'group':
      return `▾ ${event.title}`;
    case 'annotation':
      return `${labels[event.annotation.level]}: ${event.annotation.message}`;
    case 'mask':
      return '::add-mask::***';
    case 'endgroup':
    case 'debug': // shown only where the run has debug logging
      return undefined;
  }
}

/** Hides values. Each line of a value is hidden by itself too, since a log is masked line by line. */
export function makeMask(secrets: string[]) {
  const values = new Set<string>();
  const add = (value: string) => {
    for (const part of [value, ...value.split(/\r?\n/)]) if (part) values.add(part);
  };
  secrets.forEach(add);
  return {
    add,
    apply: (text: string) =>
      [...values]
        .sort((a, b) => b.length - a.length)
        .reduce((masked, value) => masked.replaceAll(value, '***'), text),
  };
}

function indentLines(text: string, indent: string): string {
  return text.replaceAll(/^/gm, indent);
}
