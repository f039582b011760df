import { count } from '../../base/format.ts';
import type { ListResult, PruneResult } from '../../jobs/result.ts';
import { describeRules } from '../../jobs/retention/describe.ts';
import { nameSpan } from './names.ts';
import { linkTo, type Page } from './page.ts';
import { countsOfRetention, tablesOfRetention } from './retention.ts';
import { notesOf, withWarnings } from './summary-notes.ts';
import { tableOfPhases } from './transfer.ts';

/** What a retention came to that ran as a job of its own, as Markdown. Below a problem, its headline is not the first one. */
export function summaryOfPrune(result: PruneResult, page: Page): string {
  const { outcome, problem, notes = [] } = result;
  return `${[
    problem ? `#### ${headlineOf(result)}` : `### ${signOf(outcome)} ${headlineOf(result)}`,
    `Rules: **${describeRules(outcome.rules)}**`,
    tablesOfRetention(outcome, page),
    notesOf(withWarnings(notes, page.warnings ?? [])).trimEnd(),
    tableOfPhases(page.phases ?? []),
    whereabouts(result, page),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function signOf({ isDryRun, kept, deleted }: PruneResult['outcome']): string {
  if (kept.length + deleted.length === 0) return '⚠️';
  return isDryRun ? '🔎' : '✅';
}

function headlineOf({ source, outcome }: PruneResult): string {
  const whose = nameSpan(source.database);
  const { isDryRun, kept, deleted, failed, gone } = outcome;
  const all = kept.length + deleted.length + failed.length + gone.length;
  const what =
    all === 0
      ? `No backup of ${whose} is there`
      : `${count(all, 'backup')} of ${whose}: ${countsOfRetention(outcome)}`;
  return isDryRun ? `Dry run, nothing was deleted. ${what}` : what;
}

/** Where all of it is. */
export function whereabouts(
  { source: { hosts }, place }: Pick<PruneResult | ListResult, 'source' | 'place'>,
  { run }: Page,
): string {
  const servers = hosts?.map(nameSpan).join(', ') ?? 'all';
  return [
    `${hosts?.length === 1 ? 'Server' : 'Servers'} ${servers}`,
    `container ${nameSpan(place.container)} on ${nameSpan(place.host)}`,
    ...(place.folder === '' ? [] : [`folder ${nameSpan(place.folder)}`]),
    run ? linkTo(run, run.repository, run.id, 'this run') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
