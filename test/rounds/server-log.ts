import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** A statement that the server has begun, and ended, as its log says it: with `log_statement` and `log_min_duration_statement`. */
export interface LoggedStatement {
  text: string;
  /** As `Date.now()` counts. */
  began: number;
  ended?: number;
}

/** Follows the log of a server. */
export interface FollowedLog extends Disposable {
  /** All statements so far that have been logged as they began. */
  statements: LoggedStatement[];
  /** Reads on to the end of the file. */
  read(): void;
}

/** The beginning of an entry, with the usual prefix `%m [%p] `. */
const beginning =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) (?:\w+) \[(\d+)\] (?:LOG: {2}(statement|duration): )?(.*)$/;

/**
 * Reads the log of a server every few milliseconds, from its present end on.
 * @param onStatement called when one begins, with all of its lines
 */
export function followLog(file: string, onStatement: (text: string) => void): FollowedLog {
  const descriptor = openSync(file, 'r');
  let position = fstatSync(descriptor).size;
  let rest = '';
  const statements: LoggedStatement[] = [];
  const running = new Map<string, LoggedStatement>();
  const buffer = Buffer.alloc(256 * 1024);
  let fresh: LoggedStatement | undefined;

  const tell = (): void => {
    if (fresh) onStatement(fresh.text);
    fresh = undefined;
  };

  const take = (line: string): void => {
    const [found, when = '', pid = '', kind, text = ''] = beginning.exec(line) ?? [];
    if (found === undefined) {
      if (fresh) fresh.text += `\n${line}`;
      return;
    }
    tell();
    const time = Date.parse(`${when.replace(' ', 'T')}Z`);
    if (kind === 'statement') {
      fresh = { text, began: time };
      statements.push(fresh);
      running.set(pid, fresh);
    } else if (kind === 'duration' && !text.includes('statement:')) {
      const ended = running.get(pid);
      if (ended) ended.ended = time;
      running.delete(pid);
    }
  };

  const read = (): void => {
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, position);
      if (count === 0) break;
      position += count;
      const lines = (rest + buffer.toString('utf8', 0, count)).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    }
    tell();
  };

  const timer = setInterval(read, 4);
  return {
    statements,
    read,
    [Symbol.dispose]() {
      clearInterval(timer);
      closeSync(descriptor);
    },
  };
}
