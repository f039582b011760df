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

/** A summary's Markdown as text: its table in a frame, and everything else without the signs of Markdown. */
export function renderedSummary(markdown: string): string {
  const lines = markdown.trimEnd().split('\n');
  const rows = lines.filter((line) => /^\| .* \|$/.test(line)).map((line) => line.slice(2, -2).split(' | '));
  const [head = [], , times = []] = rows;
  const widths = head.map((cell, column) => Math.max(cell.length, (times[column] ?? '').length));
  const frame = (left: string, middle: string, right: string): string =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}`;
  const row = (cells: readonly string[]): string =>
    `│ ${cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(' │ ')} │`;
  const table = [frame('┌', '┬', '┐'), row(head), frame('├', '┼', '┤'), row(times), frame('└', '┴', '┘')];
  return lines
    .flatMap((line) => {
      if (line.startsWith('| ')) return line.startsWith('| --:') ? table : [];
      if (/^(`{3,}|<)/.test(line)) return [];
      return [
        line
          .replace(/^#+ /, '')
          .replaceAll(/\*\*|`/g, '')
          .replace(/\\$/, ''),
      ];
    })
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}
