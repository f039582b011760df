import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** A clock that can be set while steps go by it. */
export interface Clock extends AsyncDisposable {
  /** What makes a step go by it. */
  environment: Record<'NODE_OPTIONS' | 'CLOCK_FILE', string>;
  /** Lets it stand still at a time. */
  stand(time: number): void;
  /** Lets it go on from where it stands, or go ahead of the right time by so many milliseconds. */
  go(ahead?: number): void;
}

/** A clock that is right at first. */
export async function makeClock(): Promise<Clock> {
  const folder = await makeTemporaryFolder('clock');
  const file = join(folder.path, 'clock.json');
  const write = (clock: { stands: number } | { ahead: number }): void => {
    writeFileSync(`${file}.new`, JSON.stringify(clock));
    renameSync(`${file}.new`, file);
  };
  let stands: number | undefined;
  write({ ahead: 0 });
  return {
    environment: {
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'moved-clock.ts'))}`,
      CLOCK_FILE: file,
    },
    stand: (time) => {
      stands = time;
      write({ stands: time });
    },
    go: (ahead = stands === undefined ? 0 : stands - Date.now()) => {
      stands = undefined;
      write({ ahead });
    },
    [Symbol.asyncDispose]: folder.remove,
  };
}
