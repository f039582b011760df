import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Unfinished } from '../../../../src/base/step.ts';
import { keepState } from '../../../../src/runner/undo/keeper.ts';
import {
  endProcesses,
  knownProcesses,
  stillRuns,
  waitForProcesses,
} from '../../../../src/runner/undo/processes.ts';
import { readState } from '../../../../src/runner/undo/record.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

const filling: Unfinished = {
  ...{ database: `a "b"\n%0A::x::`, run: '7/1', stage: 'filling' },
  fresh: { name: 'a_restore_1', oid: 5 },
};

let folder: TemporaryFolder;
let file: string;
beforeEach(async () => {
  folder = await makeTemporaryFolder('state');
  file = join(folder.path, 'state');
  await writeFile(file, 'earlier\n');
});
afterEach(() => folder.remove());

/** A keeper, and the environment that a post step would get of it. */
function kept(save?: () => void) {
  const environment: Record<string, string> = {};
  const keeper = keepState((name, value) => {
    save?.();
    environment[`STATE_${name}`] = value;
  }, file);
  return { keeper, environment };
}

describe('what is written down', () => {
  test('is read again by the post step, and nothing once it is struck out', () => {
    const { keeper, environment } = kept();
    keeper.writeDown(filling);
    expect(readState(environment)).toEqual({ processes: [], unattended: [], restore: filling });
    keeper.writeDown({ ...filling, stage: 'swapping', previous: { name: 'a_before_1', oid: 4 } });
    expect(readState(environment).restore?.previous).toEqual({ name: 'a_before_1', oid: 4 });
    keeper.writeDown(undefined);
    expect(readState(environment)).toEqual({ processes: [], unattended: [] });
    expect([keeper.unfinished(), keeper.stage()]).toEqual([undefined, 'swapping']);
  });

  test('must be written before it comes about, and need not be struck out or written again', () => {
    let full = true;
    const { keeper } = kept(() => {
      if (full) throw new Error('ENOSPC');
    });
    expect(() => keeper.writeDown(filling)).toThrow('ENOSPC');
    expect(keeper.unfinished()).toBeUndefined();
    full = false;
    keeper.writeDown(filling);
    full = true;
    const previous = { name: 'a_before_1', oid: 4 };
    expect(() => keeper.writeDown({ ...filling, stage: 'swapping', previous })).toThrow('ENOSPC');
    expect(keeper.stage()).toBe('filling');
    for (const stage of ['swapping', 'filling', 'swapped'] as const) {
      keeper.writeDown({ ...filling, stage });
      expect(keeper.stage()).toBe(stage);
    }
    keeper.writeDown(undefined);
    expect(keeper.unfinished()).toBeUndefined();
  });

  test.each([0, 1, 17])('is whole or not there where the disk gets full after %d bytes', async (room) => {
    const keeper = keepState((name, value) => {
      appendFileSync(file, `${name}<<x\n${value}\nx\n`.slice(0, room));
      throw new Error('ENOSPC');
    }, file);
    expect(() => keeper.writeDown(filling)).toThrow('ENOSPC');
    keeper.noteProcesses([process.pid]);
    keeper.writeDown(undefined);
    expect(await readFile(file, 'utf8')).toBe('earlier\n');
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"database":"x","run":"1","stage":"other"}',
    '{"database":"","run":"1","stage":"filling"}',
    '{"database":"x","run":"1","stage":"filling","fresh":{"name":""}}',
    '{"database":"x","run":"1","stage":"filling","fresh":{"name":"y","oid":"5"}}',
    '{"database":"x","run":"1","stage":"filling","previous":{"name":"y"}}',
  ])('and does not look as we write it is passed over: %s', (text) => {
    expect(readState({ STATE_restore: text, STATE_processes: text, STATE_unattended: text })).toEqual({
      processes: [],
      unattended: [],
    });
  });

  test.each([
    [[{ id: 1, started: '1' }]],
    [[{ id: -5, started: '1' }]],
    [[{ id: 0, started: '1' }]],
    [[{ id: 2.5, started: '1' }]],
    [[{ id: 7 }]],
  ])('never names a process that is none of ours: %j', (processes) => {
    expect(readState({ STATE_processes: JSON.stringify(processes) }).processes).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('processes of ours, where there is /proc', () => {
  const started = async (script: string) => {
    const child = spawn(process.execPath, ['-e', `${script}; console.log(1); setInterval(() => {}, 1000)`]);
    await once(child.stdout, 'data');
    return child;
  };

  test.each([
    ['that ends when it is asked to', '', 'SIGINT'],
    ['that does not', "process.on('SIGINT', () => {})", 'SIGKILL'],
  ])('one %s is ended', async (_, script, by) => {
    const child = await started(script);
    const { keeper, environment } = kept();
    keeper.noteProcesses([child.pid ?? 0]);
    const exit = once(child, 'exit');
    const { processes } = readState(environment);
    expect(processes.every(stillRuns)).toBe(true);
    expect(await endProcesses(processes)).toEqual(processes);
    expect(await exit).toEqual([null, by]);
    expect(await endProcesses(processes)).toEqual([]);
  });

  test('one that nobody may end is waited for', async () => {
    const child = spawn(process.execPath, ['-e', 'console.log(1); setTimeout(() => {}, 400)']);
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    const { keeper, environment } = kept();
    keeper.noteUnattended([child.pid ?? 0]);
    const said: string[] = [];
    const { processes, unattended } = readState(environment);
    expect(processes).toEqual([]);
    const waiting = (onWait: () => void): Promise<boolean> =>
      waitForProcesses(unattended, 60_000, new AbortController().signal, onWait);
    expect(await waiting(() => said.push('waiting'))).toBe(true);
    expect([(await ended)[0], said]).toEqual([0, ['waiting']]); // Node hears of it a moment later
    expect(await waiting(() => said.push('again'))).toBe(true);
    expect(said).toEqual(['waiting']);
  });

  test.each([
    ['longer than there is time', 100, new AbortController().signal],
    ['longer than somebody lets it', 60_000, AbortSignal.timeout(100)],
    ['where there is no time any more', -1, new AbortController().signal],
  ])('it is not waited for %s', async (_, longest, signal) => {
    const child = await started('');
    const known = knownProcesses([child.pid ?? 0]);
    const begun = performance.now();
    expect(await waitForProcesses(known, longest, signal, () => {})).toBe(false);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(known.every(stillRuns)).toBe(true);
    child.kill('SIGKILL');
  });

  test('another one that has its id since is left alone', async () => {
    const child = await started('');
    const [known] = knownProcesses([child.pid ?? 0]);
    expect(known).toBeDefined();
    const earlier = { id: child.pid ?? 0, started: String(Number(known?.started) - 1) };
    expect(await endProcesses([earlier])).toEqual([]);
    expect(child.exitCode ?? child.signalCode).toBe(null);
    child.kill('SIGKILL');
  });

  test('one that has ended before it could be noted is left out', async () => {
    const child = await started('');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(knownProcesses([child.pid ?? 0])).toEqual([]);
  });

  test('without a file for the state, none is written: it would stand in the log', () => {
    const said: string[] = [];
    keepState((name) => said.push(name), undefined).noteProcesses([process.pid]);
    expect(said).toEqual([]);
  });
});
