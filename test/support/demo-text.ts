/** A line that stands out between the parts of the demo. */
export function heading(title: string): string {
  return `\n── ${title} ${'─'.repeat(Math.max(3, 96 - title.length))}\n`;
}

/** Rows as aligned columns, the first row underlined. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd();
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...body.map(line)].join('\n');
}

/** A summary's Markdown as text: its title, and its table in a frame. */
export function renderedSummary(markdown: string): string {
  const lines = markdown.split('\n');
  const title = lines.find((line) => line.startsWith('### '))?.slice(4) ?? '';
  const rows = lines
    .map((line) => /^\| (.+?) \| (.+) \|$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', value = '']) => [name, value.replaceAll('`', '')] as const);
  const first = Math.max(...rows.map(([name]) => name.length));
  const second = Math.max(...rows.map(([, value]) => value.length));
  const border = (left: string, middle: string, right: string): string =>
    `  ${left}${'─'.repeat(first + 2)}${middle}${'─'.repeat(second + 2)}${right}`;
  return [
    `  ${title}`,
    border('┌', '┬', '┐'),
    ...rows.map(([name, value]) => `  │ ${name.padEnd(first)} │ ${value.padEnd(second)} │`),
    border('└', '┴', '┘'),
  ].join('\n');
}
