import { expect, test } from 'vitest';
import { tokenKeeper } from '../../../../../src/azure/storage/wire/token-keeper.ts';

const { signal } = new AbortController();

/** Gives tokens that are good for so many milliseconds, and counts them. */
function credential(good: number): { count: () => number; keeper: ReturnType<typeof tokenKeeper> } {
  let count = 0;
  const getToken = async () => {
    count++;
    await new Promise((resolve) => setTimeout(resolve, 10));
    return { token: 'x', expiresOnTimestamp: Date.now() + good };
  };
  return { count: () => count, keeper: tokenKeeper({ getToken }) };
}

test('a token is asked for once, also by several at the same time', async () => {
  const { count, keeper } = credential(3_600_000);
  await Promise.all([keeper(signal), keeper(signal)]);
  await keeper(signal);
  expect(count()).toBe(1);
});

test('another is asked for when it ends soon', async () => {
  const { count, keeper } = credential(9_000);
  await keeper(signal);
  await keeper(signal);
  expect(count()).toBe(2);
});

test('a sign-in that fails fails the request, and the next one signs in again', async () => {
  let fails = true;
  const keeper = tokenKeeper({
    getToken: async () => {
      if (fails) throw new Error('no');
      return { token: 'x', expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  });
  await expect(keeper(signal)).rejects.toThrow('no');
  fails = false;
  await keeper(signal);
});

test('whoever waits no longer is not held up, and others are given the token', async () => {
  let give = (_: { token: string; expiresOnTimestamp: number }): void => {};
  const keeper = tokenKeeper({
    getToken: () =>
      new Promise((resolve) => {
        give = resolve;
      }),
  });
  const soon = new AbortController();
  const [first, second] = [keeper(soon.signal), keeper(signal)];
  soon.abort(new Error('no longer wanted'));
  await expect(first).rejects.toThrow('no longer wanted');
  give({ token: 'x', expiresOnTimestamp: Date.now() + 3_600_000 });
  await second;
  await keeper(signal);
});
