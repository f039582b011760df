import type { BackupStore } from '../../azure/storage/backup-store.ts';
import { rehydrate } from '../../azure/storage/blob-commands.ts';
import { isProbe, type Probe, type ProbeStep } from '../../azure/storage/upkeep/probe.ts';
import type { Safety } from '../../azure/storage/upkeep/safety.ts';
import { Failure } from '../../base/failure.ts';
import { count, formatAge, formatBytes, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { chooseLatest } from '../archive/latest.ts';
import { belongsTo, fromListing, newestWhole } from '../archive/recorded-backups.ts';
import { describeSource } from '../archive/what-there-is.ts';
import { problemOfTier } from '../backup/tier.ts';
import { warningOfClock } from '../clock.ts';
import type { Inventory } from '../recorded-backup.ts';
import type { CheckRequest, Source } from '../request.ts';
import type { Checked } from '../result.ts';
import {
  type Area,
  type AreaCheck,
  attempt,
  failedCheck,
  passedCheck,
  uncheckedCheck,
  warningAbout,
} from './checklist.ts';

/** Checks the container: what a backup and a restore do there, with a blob that is gone afterwards, and how it keeps what is deleted. */
export async function checkStorage(
  area: Area,
  asked: CheckRequest,
  store: BackupStore,
  step: Step,
): Promise<void> {
  const { signal } = step;
  const probe = await store.probe(signal, asked.tier);
  area.checks.push(...probeChecks(probe, asked));
  const ofClock = warningOfClock(store.clockError());
  if (ofClock !== undefined) area.checks.push(warningAbout('Clock', ofClock));
  await attempt(area, listOfBackups, step, async ({ warn }) => {
    const { blobs, now } = await store.inventory(signal);
    const listed = { blobs: blobs.filter((blob) => !isProbe(blob)), now };
    const inventory = fromListing(listed, store.folder);
    for (const warning of warningsOnLatest(inventory, asked.source)) warn(warning);
    return { value: true, detail: describeInventory(inventory, asked.source) };
  });
  area.checks = area.checks.map((check) => withoutList(check, probe));
  const isReached = area.checks.some(({ came }) => came === 'passed');
  area.checks.push(
    isReached
      ? safetyCheck(await store.safety(signal, probe))
      : uncheckedCheck('Deleted backups', 'The container is needed first.'),
  );
}

const listOfBackups = 'List of backups';

/** A list that cannot be had, where a file can be written: that stops no backup, and no restore by a file's name unless it cannot be read. */
function withoutList(check: AreaCheck, { write, read }: Probe): AreaCheck {
  if (check.what !== listOfBackups || check.came !== 'failed' || write !== 'passed') return check;
  if (read instanceof Failure) return { ...check, stops: ['restore'] };
  const needing =
    'A backup, and a restore by the name of a file, do without it; latest, list, prune and a retention do not.';
  return {
    ...check,
    came: 'warning',
    fix: [needing, ...(check.fix === undefined ? [] : [check.fix])].join(' '),
  };
}

/** What came of the blob that was written, read and deleted. What cannot be deleted stops neither a backup nor a restore. */
export function probeChecks(
  { name, write, read, remove, refusedTier, unpublished }: Probe,
  { store: { container, folder }, tier }: Pick<CheckRequest, 'store' | 'tier'>,
): AreaCheck[] {
  const where = `container ${quoted(container)}${folder === '' ? '' : `, folder ${quoted(folder)}`}`;
  const checks = [
    {
      ...checkOfStep(
        'Writing',
        write,
        unpublished === undefined
          ? `A probe file was written to ${where}.`
          : `A block was staged in ${where}, and not published: ${unpublished}.`,
      ),
      stops: ['backup'] as const,
    },
    {
      ...checkOfStep('Reading', read, 'It was read again, and is what was written.', 'reading a file'),
      stops: ['restore'] as const,
    },
    checkOfStep('Deleting', remove, 'It was deleted.'),
  ].map((one) => (one.what === 'Deleting' && one.came === 'failed' ? left(one, name) : one));
  if (tier === undefined || write !== 'passed') return checks;
  const what = 'Access tier';
  if (unpublished !== undefined)
    return [
      ...checks,
      uncheckedCheck(what, `Nothing was published to try it: ${unpublished}.`, `access tier ${tier}`),
    ];
  return [
    ...checks,
    refusedTier === undefined
      ? passedCheck(what, `The account takes ${tier}.`)
      : { ...failedCheck(what, problemOfTier(name, refusedTier)), stops: ['backup'] },
  ];
}

function checkOfStep(what: string, came: ProbeStep, passed: string, untried?: string): Checked {
  if (came === 'passed') return passedCheck(what, passed);
  return came instanceof Failure
    ? failedCheck(what, came.explanation)
    : uncheckedCheck(what, sentenceOf(came.skipped), untried);
}

/** What cannot be deleted is said to be there. */
function left(failed: Checked, name: string): Checked {
  const fix = [
    `The probe file ${quoted(name)} is left. Backups and restores do without this right; a retention, and job_to_run: prune, do not.`,
    ...(failed.fix === undefined ? [] : [failed.fix]),
  ].join(' ');
  return { ...failed, came: 'warning', fix };
}

/** What there is in the folder of the database that is meant, and what a restore of the latest would take. */
export function describeInventory(inventory: Inventory, source: Source): string {
  const { backups, foreign, now } = inventory;
  const own = backups.filter(belongsTo(source));
  const others = backups.length - own.length;
  const found = [
    `${own.length === 0 ? 'no backup' : count(own.length, 'backup')} of ${describeSource(source)}`,
    ...(others > 0 ? [`${count(others, 'backup')} of others`] : []),
    ...(foreign > 0 ? [`${count(foreign, 'file')} of another kind`] : []),
  ];
  const newest = newestWhole(own, now);
  const latest = newest
    ? ` The latest: ${quoted(newest.name)}, ${formatAge(now.getTime() - newest.at.getTime())}, ${formatBytes(newest.size)}.`
    : '';
  return `${sentenceOf(found.join(', '))}${latest}`;
}

/** Why a restore of the latest would fail, or take another one than people may think; nothing where there is no backup yet. */
export function warningsOnLatest(inventory: Inventory, source: Source): string[] {
  if (!inventory.backups.some(belongsTo(source))) return [];
  try {
    const { latest, warnings } = chooseLatest(inventory, source);
    return latest.tier === 'Archive'
      ? [
          ...warnings,
          `The latest backup, ${quoted(latest.name)}, is in the archive tier, so a restore of it fails.\n${rehydrate}`,
        ]
      : warnings;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { cause, advice } = error.explanation;
    return [`A restore of the latest backup would fail: ${cause}.\n${advice}`];
  }
}

const settings = [
  ['softDelete', 'soft delete'],
  ['versioning', 'versioning'],
  ['immutability', 'immutability'],
  ['containerSoftDelete', 'soft delete of containers'],
] as const satisfies [keyof Safety, string][];

/** What is seen of how the container keeps what is deleted: one of these is enough, and none of it stops a job. */
export function safetyCheck(safety: Safety): Checked {
  const what = 'Deleted backups';
  const seen = settings.map(([name, words]) => ({ words, ...safety[name] }));
  const told = seen
    .filter(({ state }) => state !== 'unknown')
    .map(({ words, state, detail }) => `${words} is ${state}${detail === '' ? '' : ` (${detail})`}`);
  const reasons = Map.groupBy(
    seen.filter(({ state }) => state === 'unknown'),
    ({ detail }) => detail,
  );
  const hidden = Array.from(
    reasons,
    ([why, those]) => ` Not known: ${those.map(({ words }) => words).join(', ')} (${why}).`,
  );
  const detail = `${told.length === 0 ? '' : sentenceOf(told.join(', '))}${hidden.join('')}`.trim();
  if (seen.some(({ state }) => state === 'on')) return passedCheck(what, detail);
  const isKnown = settings.slice(0, 3).every(([name]) => safety[name].state !== 'unknown');
  if (!isKnown) return uncheckedCheck(what, detail);
  const fix =
    'Nothing brings a deleted backup back. Turn on soft delete for blobs and for containers (in the portal under Data protection).';
  return { what, came: 'warning', detail, fix };
}

/** A part of a sentence as one. */
function sentenceOf(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
