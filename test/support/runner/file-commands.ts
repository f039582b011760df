/**
 * Reads what a step wrote to GITHUB_OUTPUT, GITHUB_STATE or GITHUB_ENV, by the rules of the runner:
 * `name=value`, or `name<<delimiter`, the lines of the value, `delimiter`.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs
 */
export function parseFileCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const equals = positionOf(line, '=');
    const heredoc = positionOf(line, '<<');
    if (equals < heredoc) {
      values[requireName(line.slice(0, equals), line)] = line.slice(equals + 1);
    } else if (heredoc < equals) {
      const delimiter = line.slice(heredoc + 2);
      if (delimiter === '') throw new Error(`Invalid format '${line}'. Delimiter must not be empty`);
      values[requireName(line.slice(0, heredoc), line)] = takeUntil(delimiter, lines);
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return values;
}

/** GITHUB_PATH is simpler: one folder a line, the last one first in the PATH. */
export function parsePathCommands(text: string): string[] {
  return text.split(/\r?\n/).filter(Boolean).reverse();
}

function takeUntil(delimiter: string, lines: string[]): string {
  const end = lines.indexOf(delimiter);
  if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
  const value = lines.splice(0, end + 1);
  return value.slice(0, -1).join('\n');
}

function requireName(name: string, line: string): string {
  if (name === '') throw new Error(`Invalid format '${line}'. Name must not be empty`);
  return name;
}

function positionOf(line: string, part: string): number {
  const index = line.indexOf(part);
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}
