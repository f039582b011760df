import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** What of a line is kept unless more is asked for, in characters. */
const longestLine = 64 * 1024;

/**
 * Reads a stream line by line. Only a newline ends a line, with a carriage return before it or not: Node's own `readline` ends one at
 * U+2028, U+2029 and at a lone carriage return, too, which may stand in the name of a table.
 * @param onLine is given each line, cut off at its end if it is longer than `longest`, in characters
 */
export function linesOf(stream: Readable, onLine: (line: string) => void, longest = longestLine): void {
  const decoder = new StringDecoder('utf8');
  let open = '';
  const take = (text: string): void => {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      add(text.slice(from, end));
      onLine(open.endsWith('\r') ? open.slice(0, -1) : open);
      open = '';
      from = end + 1;
    }
    add(text.slice(from));
  };
  const add = (part: string): void => {
    open += part.slice(0, longest - open.length);
  };
  stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
  stream.on('end', () => {
    take(decoder.end());
    if (open !== '') onLine(open);
  });
}
