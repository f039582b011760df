import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Surroundings, succeeded } from './surroundings.ts';

/** How long a server's session may take to end after its client, in milliseconds; until then its time is nobody's. */
const lastWords = 1_000;

/** In /proc, times are counted in hundredths of a second. */
const ticksPerSecond = 100;

/** Those whose time is counted. */
const owners = {
  server: 'the server',
  account: 'Azurite',
  children: 'the action and its `pg_dump`',
} as const;
type Times = Record<keyof typeof owners, number>;

/**
 * Makes a backup, and a dump to nowhere, and tells who took how much processor time meanwhile, in seconds: what a machine on which all
 * of them share the cores cannot go below. Linux only.
 */
export async function processorTime(
  { jobs, world, client, database, run, settle }: Surroundings,
  compression: string,
): Promise<Map<string, number>> {
  await settle();
  const dump = await spent(() =>
    run(client.pg_dump, ['--format=custom', `--compress=${compression}`, `--dbname=${database}`]),
  );
  await settle();
  const backup = await spent(async () => {
    const step = succeeded(await jobs.backup(database, { inputs: { compression } }));
    await world.backups.remove(step.outputs['backup_file_name'] ?? '');
  });
  return new Map([
    ['`pg_dump` to nowhere: from start to end', dump.elapsed],
    ['`pg_dump` to nowhere: the server', dump.server],
    ['`pg_dump` to nowhere: `pg_dump`', dump.children],
    ['backup: from start to end', backup.elapsed],
    ...Object.entries(owners).map(([key, name]): [string, number] => [
      `backup: ${name}`,
      backup[key as keyof Times],
    ]),
  ]);
}

async function spent(work: () => Promise<unknown>): Promise<Times & { elapsed: number }> {
  const before = times();
  const began = performance.now();
  await work();
  const elapsed = (performance.now() - began) / 1000;
  await sleep(lastWords);
  const after = times();
  return {
    elapsed,
    server: after.server - before.server,
    account: after.account - before.account,
    children: after.children - before.children,
  };
}

/** What has been spent so far. The time of a process that has ended is added to that of the one that waited for it. */
function times(): Times {
  const sum: Times = { server: 0, account: 0, children: 0 };
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [commandLine, fields] = [contentOf(pid, 'cmdline'), contentOf(pid, 'stat')];
    // After the name in brackets, which may hold anything: own and waited-for time begin with the twelfth field.
    const ticks = fields
      .slice(fields.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15)
      .map(Number);
    const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = ticks;
    if (pid === String(process.pid)) sum.children += childrenUser + childrenSystem;
    else if (/^postgres:|\/postgres\0/.test(commandLine))
      sum.server += user + system + childrenUser + childrenSystem;
    else if (commandLine.includes('azurite')) sum.account += user + system;
  }
  const { server, account, children } = sum;
  return {
    server: server / ticksPerSecond,
    account: account / ticksPerSecond,
    children: children / ticksPerSecond,
  };
}

/** Empty for a process that has ended. */
function contentOf(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
