import {
  bearerTokenAuthenticationPolicy,
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
} from '@azure/core-rest-pipeline';
import type { AccessToken } from '@azure/identity';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { renewing } from '../../../../src/azure/sign-in/renewal.ts';
import { Failure } from '../../../../src/base/failure.ts';
import { patienceOf } from '../../../../src/base/patience.ts';

/*
 * With the policy by which the clients of Azure get their tokens: it begins two minutes before one expires to ask for the next in the
 * background, where nobody catches an error, and waits for it only in the last second.
 */

const unhandled: unknown[] = [];
const take = (error: unknown): void => void unhandled.push(error);
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 27, 19) });
  unhandled.length = 0;
  process.on('unhandledRejection', take);
});
afterEach(() => {
  process.off('unhandledRejection', take);
  vi.useRealTimers();
});

interface Entra {
  /** Seconds that its tokens live. */
  lifetime: number;
  /** Whether it refuses, and how long that takes, in seconds. */
  refuses?: (second: number) => boolean;
  after?: number;
  refreshAfter?: number;
}

const second = (): number => (Date.now() - Date.UTC(2026, 10, 27, 19)) / 1000;

/** A client of Azure that sends requests, and what it sends them with. */
function client({ lifetime, refuses = () => false, after = 0, refreshAfter }: Entra) {
  const asked: string[] = [];
  const lines: string[] = [];
  const sent: { at: number; token: string; expires: number }[] = [];
  let number = 0;
  const expiries = new Map<string, number>();
  const ask = (how: string) => async (): Promise<AccessToken> => {
    asked.push(`${second()} ${how}`);
    if (after > 0) await new Promise((resolve) => setTimeout(resolve, 1000 * after));
    if (refuses(second())) throw new Failure({ tried: 'Signing in', cause: 'no time', advice: 'Wait.' });
    const token = `token ${++number}`;
    const expiresOnTimestamp = Date.now() + 1000 * lifetime;
    expiries.set(token, expiresOnTimestamp);
    const refreshAfterTimestamp = refreshAfter === undefined ? undefined : Date.now() + 1000 * refreshAfter;
    return {
      token,
      expiresOnTimestamp,
      ...(refreshAfterTimestamp !== undefined && { refreshAfterTimestamp }),
    };
  };
  const signal = new AbortController().signal;
  const step = {
    mask: () => {},
    signal,
    patience: patienceOf(300),
    info: (line: string) => lines.push(line),
  };
  const credential = renewing(ask('patiently'), ask('once'), step);
  const policy = bearerTokenAuthenticationPolicy({
    credential,
    scopes: 'https://storage.azure.com/.default',
  });
  const next = async (request: PipelineRequest) => {
    const token = (request.headers.get('authorization') ?? '').replace('Bearer ', '');
    sent.push({ at: second(), token, expires: (expiries.get(token) ?? 0) - Date.now() });
    return { request, status: 200, headers: createHttpHeaders() };
  };
  const send = () => policy.sendRequest(createPipelineRequest({ url: 'https://account.example/x' }), next);
  return { asked, lines, sent, send, credential };
}

async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(1000 * seconds);
}

test('a job that takes many lives of a token never sends one that has expired', async () => {
  const { send, sent, asked, lines } = client({ lifetime: 130 });
  for (let requests = 0; requests < 60; requests++) {
    await send();
    await pass(10);
  }
  expect(sent).toHaveLength(60);
  expect(Math.min(...sent.map(({ expires }) => expires))).toBeGreaterThan(5_000);
  expect(asked.length).toBeGreaterThan(5);
  expect(lines).toEqual([]);
});

describe('while Entra ID refuses', () => {
  test('the present token is used as long as it is good, and the log says so', async () => {
    const { send, sent, asked, lines } = client({ lifetime: 130, refuses: (at) => at > 5 && at < 60 });
    for (let requests = 0; requests < 8; requests++) {
      await send();
      await pass(10);
    }
    await send();
    expect(new Set(sent.slice(0, 7).map(({ token }) => token))).toEqual(new Set(['token 1']));
    expect(sent.at(-1)?.token).toBe('token 2');
    expect(asked.filter((how) => how.endsWith('patiently'))).toEqual(['0 patiently']);
    expect(lines[0]).toBe(
      'Renewing the access token: no time. The present one is valid until 2026-11-27 19:02:10 UTC',
    );
  });

  test('nothing is thrown where nobody waits, and the next request tells of a failed sign-in', async () => {
    const { send, asked } = client({ lifetime: 130, after: 30, refuses: (at) => at > 60 });
    const first = send();
    await pass(30);
    await first;
    await pass(100);
    await send(); // in the background, while the token is good for 30 seconds more; nobody asks for anything then
    await pass(600);
    expect(asked).toEqual(['0 patiently', '130 once']);
    expect(unhandled).toEqual([]);
    const late = send().catch((error: unknown) => error);
    await pass(60);
    expect(await late).toEqual(new Failure({ tried: 'Signing in', cause: 'no time', advice: 'Wait.' }));
    expect(asked).toHaveLength(3);
    expect(unhandled).toEqual([]);
  });

  test('it is not asked again with each request', async () => {
    const { send, asked } = client({ lifetime: 3599, refuses: (at) => at > 5 });
    await send();
    await pass(3599 - 119);
    for (let requests = 0; requests < 40; requests++) {
      await send();
      await pass(0.5);
    }
    expect(asked.slice(1)).toEqual(['3480 once', '3490 once']);
  });
});

test('a token is not asked for again before it has to be', async () => {
  const { credential, asked } = client({ lifetime: 3599 });
  await Promise.all([credential.getToken('a'), credential.getToken(['a']), credential.getToken('b')]);
  await pass(3200);
  await credential.getToken('a');
  expect(asked).toHaveLength(2);
  await pass(100);
  await credential.getToken('a');
  expect(asked).toEqual(['0 patiently', '0 patiently', '3300 once']);
});

test('a token that lives for a day is renewed when Entra ID wishes', async () => {
  const { credential, asked } = client({ lifetime: 86_400, refreshAfter: 43_200 });
  await credential.getToken('a');
  await pass(43_199);
  await credential.getToken('a');
  expect(asked).toHaveLength(1);
  await pass(2);
  await credential.getToken('a');
  expect(asked.at(-1)).toBe('43201 once');
});

test('a token that the service no longer takes is not given out again', async () => {
  const { credential } = client({ lifetime: 3599 });
  expect((await credential.getToken('a'))?.token).toBe('token 1');
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
  expect((await credential.getToken('a', { claims }))?.token).toBe('token 2');
  expect((await credential.getToken('a'))?.token).toBe('token 2');
});
