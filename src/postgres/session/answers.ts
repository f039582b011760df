/** What a program prints, one answer after the other. */
export interface Answers {
  add(text: string): void;
  /** All that comes from now on, up to a mark; one at a time. */
  until(mark: string): Promise<string>;
  /** Nothing more will come: whoever waits is given the reason. */
  fail(reason: unknown): void;
}

/** Takes text in pieces, and hands it out up to a mark that is printed at the end of each answer. */
export function answers(): Answers {
  let text = '';
  let waiting: { mark: string; resolve(text: string): void; reject(reason: unknown): void } | undefined;
  return {
    add(piece) {
      text += piece;
      if (!waiting || !text.endsWith(waiting.mark)) return;
      waiting.resolve(text.slice(0, -waiting.mark.length));
      waiting = undefined;
    },
    until(mark) {
      text = '';
      return new Promise((resolve, reject) => {
        waiting = { mark, resolve, reject };
      });
    },
    fail(reason) {
      waiting?.reject(reason);
    },
  };
}
