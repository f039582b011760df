import { count, formatAge, formatTime, quoted } from '../../base/format.ts';
import { belongsTo, byDatabase, newestWhole } from '../archive/recorded-backups.ts';
import { hasWrongTime } from '../archive/recorded-time.ts';
import { describeSource, whatThereIs } from '../archive/what-there-is.ts';
import type { Inventory, RecordedBackup } from '../recorded-backup.ts';
import type { Source } from '../request.ts';
import type { JobProblem } from '../result.ts';

const advice =
  'Look at the last runs of the workflow that makes the backups, and at whether its schedule is still on: GitHub disables it in a public repository without activity for 60 days. Then run a backup.';
const ofRetired =
  'If a database is not backed up any more, move its backups to another folder or container, or watch the others one by one with db_name.';

/** More databases than these are counted. */
const mostTold = 10;

/**
 * What is wrong where a backup should have come: the newest complete one of some database is older than so many hours, by the account's clock, or
 * there is none. Each database is looked at by itself: the backup of one says nothing of another. Undefined if
 * nothing is wrong.
 */
export function problemOfAge(
  inventory: Inventory,
  source: Source,
  maxAgeHours: number,
): JobProblem | undefined {
  const { now } = inventory;
  const own = inventory.backups.filter(belongsTo(source));
  const oldest = new Date(now.getTime() - maxAgeHours * 3_600_000);
  const groups = byDatabase(own, source);
  if (groups.size === 0)
    return {
      title: 'No backup',
      state: `There is no backup of ${describeSource(source)}.`,
      cause: `max_age_hours is ${maxAgeHours}`,
      advice: whatThereIs(inventory),
    };
  const late = [...groups.values()]
    .map((backups) => ({ backups, newest: newestWhole(backups, now) }))
    .filter(({ newest }) => newest === undefined || newest.at < oldest);
  const [first] = late;
  if (!first) return undefined;
  return {
    title: late.every(({ newest }) => newest === undefined) ? 'No backup' : 'No recent backup',
    state:
      late.length === 1
        ? `${lateSentence(first, source, now)}.`
        : `Of ${count(groups.size, 'database')}, ${late.length} have no recent backup.`,
    cause: [
      `max_age_hours is ${maxAgeHours}${late.length === 1 ? whichOne(first, now) : ''}`,
      ...(late.length === 1
        ? []
        : late.slice(0, mostTold).map((one) => `- ${lateSentence(one, source, now)}`)),
      ...(late.length > mostTold ? [`- and ${late.length - mostTold} more`] : []),
    ].join('\n'),
    advice: source.database === '' ? `${advice}\n${ofRetired}` : advice,
  };
}

interface Late {
  backups: readonly RecordedBackup[];
  newest: RecordedBackup | undefined;
}

function lateSentence({ backups, newest }: Late, source: Source, now: Date): string {
  const [{ database = '', host = '' } = {}] = backups;
  const whose = describeSource({ database, hosts: source.hosts ?? [host] });
  return newest
    ? `The newest complete backup of ${whose} is from ${formatTime(newest.at)} (${formatAge(now.getTime() - newest.at.getTime())})`
    : `There is no complete backup of ${whose}`;
}

/** Which one that is, if there is one, and what is newer and does not count. */
function whichOne({ backups, newest }: Late, now: Date): string {
  const newer = newest ? backups.slice(0, backups.indexOf(newest)) : backups; // the newest come first
  const wrong = newer.filter((backup) => hasWrongTime(backup, now)).length;
  const parts = newer.length - wrong;
  const besides = [
    ...(parts > 0
      ? [`${count(parts, newest ? 'newer one' : 'backup')} with only a part of the database`]
      : []),
    ...(wrong > 0 ? [`${wrong} with a recorded time that cannot be right`] : []),
  ].join(' and ');
  if (!newest) return `; ${besides} not counted`;
  return `, and the newest complete backup is ${quoted(newest.name)}${besides === '' ? '' : `; ${besides} not counted`}`;
}
