import { RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { paceOf } from '../../../../../src/azure/storage/upload/pace.ts';
import { NoAnswer } from '../../../../../src/base/patience.ts';

const never = new AbortController().signal;
const refusal = (statusCode: number) => async () => {
  throw new RestError('no', { statusCode });
};
const works = async () => 'done';

test('fewer are allowed each time the account is asked too much, never none, and one more after several that worked', async () => {
  const pace = paceOf(5);
  const allowed: number[] = [];
  for (const statusCode of [503, 429, 503]) {
    await expect(pace.run(refusal(statusCode), never)).rejects.toThrow('no');
    allowed.push(pace.allowed);
  }
  for (let i = 0; i < 60; i++) {
    await expect(pace.run(works, never)).resolves.toBe('done');
    if (pace.allowed !== allowed.at(-1)) allowed.push(pace.allowed);
  }
  expect(allowed).toEqual([2, 1, 1, 2, 3, 4, 5]);
});

test('as many are allowed as before after another trouble', async () => {
  const pace = paceOf(5);
  for (const statusCode of [403, 500, 408])
    await expect(pace.run(refusal(statusCode), never)).rejects.toThrow();
  expect(pace.allowed).toBe(5);
});

test('no more are on their way than are allowed, and all have their turn', async () => {
  const pace = paceOf(5);
  await expect(pace.run(refusal(503), never)).rejects.toThrow();
  let [under, most, done] = [0, 0, 0];
  const slow = async (): Promise<void> => {
    most = Math.max(most, ++under);
    await new Promise((resolve) => setTimeout(resolve, 5));
    under--;
    done++;
  };
  await Promise.all(Array.from({ length: 7 }, () => pace.run(slow, never)));
  expect([most, done]).toEqual([2, 7]);
});

test('who waits for a turn is ended with the signal', async () => {
  const pace = paceOf(1);
  const controller = new AbortController();
  const first = pace.run(() => new Promise<void>((resolve) => setTimeout(resolve, 50)), never);
  const second = pace.run(works, controller.signal);
  controller.abort(new Error('cancelled'));
  await expect(second).rejects.toThrow('cancelled');
  await first;
  await expect(pace.run(works, controller.signal)).rejects.toThrow('cancelled');
  await expect(pace.run(works, never)).resolves.toBe('done');
});

test('fewer are allowed after one that was too slow, which may have had too many beside it', async () => {
  const pace = paceOf(5);
  const slow = async () => {
    throw new NoAnswer(60_000);
  };
  await expect(pace.run(slow, never)).rejects.toThrow('no answer');
  expect(pace.allowed).toBe(2);
});
