/**
 * Measures the committed bundle side by side with other ways to do the same, in turns, and prints the result as Markdown.
 * `npm run bench -- 4 5` makes a database of 4 GB and measures 5 rounds; 1 GB and 3 rounds are the default.
 */
import { availableParallelism } from 'node:os';
import { backupContenders, theAction } from './backups.ts';
import { describeMachine, rcloneVersion } from './machine.ts';
import { race } from './measuring.ts';
import { peakMemory } from './peak-memory.ts';
import { processorTime } from './processor-time.ts';
import { restoreContenders } from './restores.ts';
import { startUpContenders } from './start-up.ts';
import { makeSurroundings } from './surroundings.ts';
import { comparison, differences, memory, processor } from './table.ts';

const gigabytes = Number(process.argv[2] ?? 1);
const rounds = Number(process.argv[3] ?? 3);
if (!(gigabytes > 0 && rounds >= 1)) throw new Error('npm run bench -- GIGABYTES ROUNDS');
const startUpRounds = 21;
/** What the action takes by itself with a client that knows zstd. */
const compression = 'zstd:1';
/** Of `pg_restore`, as many as the action takes by itself. */
const workers = Math.min(8, availableParallelism());

await using surroundings = await makeSurroundings(17, gigabytes);
const { settle } = surroundings;
const rclone = await rcloneVersion();

const spent = await processorTime(surroundings, compression);
const peaks = await peakMemory(surroundings, compression);
const starts = await race(await startUpContenders(surroundings), startUpRounds);
const backups = await race(backupContenders(surroundings, compression, rclone !== undefined), rounds, settle);
const restores = await race(await restoreContenders(surroundings, compression, workers), rounds, settle);

console.log(`
${await describeMachine(surroundings, rclone)}

Rounds: ${rounds} of backup and restore, ${startUpRounds} of start-up.

${comparison('backup', theAction, backups)}

${comparison('restore', theAction, restores)}

${processor('processor time', spent)}

${memory('peak memory', peaks)}

${differences('start-up', starts)}
`);
