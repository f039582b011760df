/** The demo is no wider than this, in characters, but for commands, which are to be copied. */
const width = 100;

/** A line that stands out between the parts of the demo. */
export function heading(title: string): string {
  return `\n── ${title} ${'─'.repeat(Math.max(3, width - 4 - title.length))}\n`;
}

/** Rows as aligned columns, the first row underlined. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = widthsOf(rows);
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd();
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((columns) => '─'.repeat(columns))), ...body.map(line)].join('\n');
}

/** A line of the log in the frame around it, as a narrow window breaks it. */
export function logLine(line: string): string {
  const [indent = ''] = /^ */.exec(line) ?? [];
  return wrapped(line, '  │ ', `  │ ${indent}  `);
}

/** A summary's Markdown as a terminal can show it: tables in frames, what is folded as its title, and words without the signs of Markdown. */
export function renderedSummary(markdown: string): string {
  const shown: string[] = [];
  let table: string[][] = [];
  let fence: string | undefined;
  let isFolded = false;
  for (const line of [...markdown.trimEnd().split('\n'), '']) {
    const [opening] = /^`{3,}/.exec(line) ?? [];
    if (fence !== undefined || opening !== undefined) {
      if (fence === undefined) fence = opening;
      else if (line === fence) fence = undefined;
      else if (!isFolded) shown.push(`    ${line}`);
    } else if (line.startsWith('| ')) {
      if (!/^\| -/.test(line)) table.push(line.slice(2, -2).split(' | ').map(withoutSigns));
    } else {
      if (table.length > 0) shown.push(...framed(table));
      table = [];
      const title = /^<details><summary>(.*)<\/summary>$/.exec(line)?.[1];
      if (title !== undefined) shown.push(`  ▸ ${title}`);
      if (line.includes('<')) isFolded = title !== undefined;
      else if (!isFolded) shown.push(wrapped(withoutSigns(line), '  ', '  '));
    }
  }
  return shown
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd();
}

function withoutSigns(markdown: string): string {
  return markdown
    .replace(/^#+ /, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*|`/g, '')
    .replace(/^\\(?=[-+=:])|\\$/g, '');
}

function framed([head = [], ...body]: readonly (readonly string[])[]): string[] {
  const widths = widthsOf([head, ...body]);
  const border = (left: string, middle: string, right: string): string =>
    `  ${left}${widths.map((columns) => '─'.repeat(columns + 2)).join(middle)}${right}`;
  const row = (cells: readonly string[]): string =>
    `  │ ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' │ ')} │`;
  return [border('┌', '┬', '┐'), row(head), border('├', '┼', '┤'), ...body.map(row), border('└', '┴', '┘')];
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  return (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
}

/** Breaks a line between words. @param first what stands before it, and before the rest of it */
function wrapped(line: string, first: string, rest: string): string {
  const lines: string[] = [];
  let current = first;
  for (const word of line.split(/(?<=\S) /)) {
    const isStart = current === first || current === rest;
    if (!isStart && `${current} ${word}`.length > width) {
      lines.push(current);
      current = `${rest}${word}`;
    } else current += `${isStart ? '' : ' '}${word}`;
  }
  return [...lines, current].map((one) => one.trimEnd()).join('\n');
}
