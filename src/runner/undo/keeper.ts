import { statSync, truncateSync } from 'node:fs';
import type { Unfinished } from '../../base/step.ts';
import { type KnownProcess, knownProcesses } from './processes.ts';
import { stateNames } from './record.ts';

type Save = (name: string, value: string) => void;

/** Keeps the state of the step that src/post.ts reads, as it changes. */
export interface Keeper {
  /** See `Step.writeDown`. */
  writeDown(unfinished: Unfinished | undefined): void;
  /** Takes down which processes of ours run. Never throws. */
  noteProcesses(ids: readonly number[]): void;
  /** The same of those that nobody may end. */
  noteUnattended(ids: readonly number[]): void;
  /** What was written down last; undefined if there is nothing to undo. */
  unfinished(): Unfinished | undefined;
  /** How far the step has come with what it changes; undefined if it has changed nothing yet. */
  stage(): Unfinished['stage'] | undefined;
}

/**
 * @param saveState of @actions/core: appends to a file, in one call, and the runner reads that however the step ends
 * @param file that file. Without one, the state would go through the log, where a line for each process is too much.
 */
export function keepState(saveState: Save, file: string | undefined): Keeper {
  const save = file === undefined ? saveState : wholeOrNotAtAll(saveState, file);
  let current: Unfinished | undefined;
  let reached: Unfinished['stage'] | undefined;
  const noteAs = (name: string): Keeper['noteProcesses'] => {
    let known: KnownProcess[] = [];
    return (ids) => {
      if (file === undefined) return;
      const before = new Map(known.map((one) => [one.id, one]));
      known = knownProcesses(ids.filter((id) => !before.has(id)));
      known.push(...ids.flatMap((id) => before.get(id) ?? []));
      try {
        save(name, JSON.stringify(known));
      } catch {
        // No room on the disk: what runs ends by itself when it can't write to us any more.
      }
    };
  };
  return {
    writeDown(unfinished) {
      try {
        save(stateNames.restore, unfinished === undefined ? '' : JSON.stringify(unfinished));
      } catch (error) {
        // src/post.ts looks at the server itself, so an older record of the same databases does no harm.
        if (namesMore(unfinished, current)) throw error;
      }
      current = unfinished;
      reached = unfinished?.stage ?? reached;
    },
    noteProcesses: noteAs(stateNames.processes),
    noteUnattended: noteAs(stateNames.unattended),
    unfinished: () => current,
    stage: () => reached,
  };
}

/** A disk that gets full in the middle of a record would leave half of it, and the runner would fail the step for that. */
function wholeOrNotAtAll(saveState: Save, file: string): Save {
  return (name, value) => {
    const { size } = statSync(file);
    try {
      saveState(name, value);
    } catch (error) {
      if (statSync(file).size > size) truncateSync(file, size);
      throw error;
    }
  };
}

/** Whether a record names a database that the one before did not name. */
function namesMore(next: Unfinished | undefined, known: Unfinished | undefined): boolean {
  const names = [known?.fresh?.name, known?.previous?.name];
  return [next?.fresh, next?.previous].some((one) => one !== undefined && !names.includes(one.name));
}
