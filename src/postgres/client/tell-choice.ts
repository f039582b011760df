import { Failure } from '../../base/failure.ts';
import { plain, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import type { Choice } from './choose.ts';
import { type Client, folderOf } from './find.ts';
import { readNewest, toolCache } from './install/tool-cache.ts';
import { prepareRunner } from './prepare-runner.ts';
import { fixedVersion, isOlderMinor } from './versions.ts';

/**
 * Tells which client was chosen, why, and how long that took in milliseconds; and of one that is older than it should be.
 * @param version of the server
 */
export async function tellChoice(
  { client, reason }: Choice,
  version: string,
  duration: number,
  step: Step,
): Promise<void> {
  step.info(
    `PostgreSQL ${plain(version)}; using psql, pg_dump and pg_restore ${client.version} (${reason}) from ${folderOf(client)}, ` +
      `ready in ${(duration / 1_000).toFixed(1)} s`,
  );
  const fixed = fixedVersion(client.version);
  if (fixed !== undefined)
    step.warn(
      `Update client ${client.version} in ${folderOf(client)} to ${fixed} or newer. A malicious server can exploit older ` +
        'clients when they read large objects (CVE-2026-6477).',
    );
  const cache = toolCache();
  const newest = cache === undefined ? undefined : await readNewest(cache);
  const latest = newest?.versions[client.major];
  if (newest && latest !== undefined && isOlderMinor(client.version, latest))
    step.info(
      `There is a newer client, ${latest}, as of ${newest.asked.slice(0, 10)}. ${renewal(client, cache)}`,
    );
}

/** A client of the tool cache is renewed by deleting it; any other by whoever installed it. */
function renewal(client: Client, cache = ''): string {
  const folder = folderOf(client);
  return cache !== '' && folder.startsWith(cache)
    ? `To have it installed, delete ${quoted(folder.replace(/\/bin$/, ''))}.`
    : `Update the one in ${folder}.`;
}

/** The warning of a client that is newer than the best one would be. */
export function secondBest(
  { client }: Choice,
  best: number,
  isBackup: boolean,
  failures: readonly Failure[],
): string {
  const consequence = isBackup ? ` An older pg_restore than ${client.major} may not read this backup.` : '';
  return [
    `Client ${client.version} is used, since client ${best} is not here and could not be installed.${consequence}`,
    ...attempts(failures),
  ].join('\n');
}

/** What was tried, with what came of it, a line or more for each, without what was said already. */
export function attempts(failures: readonly Failure[]): string[] {
  return [...new Set(failures.map(({ explanation: { tried, cause } }) => `${tried} failed: ${cause}`))];
}

/** The failure to get a client of a major, or without one any, which says what is there, and what was tried. */
export function noClient(
  tried: string,
  major: number | undefined,
  clients: readonly Client[],
  failures: readonly Failure[],
  isInsisted: boolean,
): Failure {
  const found = clients.map((client) => `${client.version} (${folderOf(client)})`).join(', ') || 'none';
  const advice = failures.map(({ explanation }) => explanation.advice).find((one) => one !== '');
  return new Failure({
    tried,
    cause: [
      major === undefined
        ? 'psql, pg_dump and pg_restore are not on this machine, and could not be installed'
        : `it needs client ${major}${isInsisted ? ', as postgres_version says' : ' or newer'}. Found: ${found}`,
      ...attempts(failures),
    ].join('\n'),
    advice: [...(advice === undefined ? [] : [advice]), prepareRunner(major)].join('\n'),
  });
}
