import { formatAge, formatBytes, formatDuration, formatTime } from '../../base/format.ts';
import type { ProtectResult } from '../../jobs/result.ts';
import { code } from './markdown.ts';
import { nameSpan } from './names.ts';
import { linkTo, type Page } from './page.ts';
import { notesOf, withWarnings } from './summary-notes.ts';

/**
 * What became of the protection of a backup, as Markdown. Its text may be anybody's.
 * @param now for the age of the data
 */
export function summaryOfProtection(result: ProtectResult, page: Page, now: Date): string {
  const { backup, before, place, duration, notes = [] } = result;
  const { run, portalPage } = page;
  return `${[
    `### ✅ ${headline(result)}`,
    backup.protection === undefined
      ? 'Retention may delete it.'
      : `${protectedWith(backup.protection)} ${code('job_to_run: unprotect')} lifts that.`,
    before === undefined || before === backup.protection ? '' : `Before: ${nameSpan(before)}`,
    [
      `Database ${nameSpan(backup.database)} on ${nameSpan(backup.host)}`,
      `data as of **${formatTime(backup.at)}** (${formatAge(now.getTime() - backup.at.getTime())})`,
      ...[formatBytes(backup.size), `**${formatDuration(duration)}**`],
    ].join(' · '),
    notesOf(withWarnings(notes, page.warnings ?? [])).trimEnd(),
    [
      `Backup ${nameSpan(backup.name)} in container ${nameSpan(place.container)} on ${nameSpan(place.host)}`,
      portalPage === undefined ? '' : `[in the portal](${portalPage(backup.name)})`,
      run === undefined ? '' : linkTo(run, run.repository, run.id, 'this run'),
    ]
      .filter((part) => part !== '')
      .join(' · '),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function headline({ backup: { name, protection }, before }: ProtectResult): string {
  const span = nameSpan(name);
  if (protection === undefined)
    return before === undefined ? `${span} was not protected` : `${span} is no longer protected`;
  if (before === protection) return `${span} was protected already`;
  return before === undefined ? `${span} protected` : `${span} protected for another reason`;
}

/** Why a backup stays, in a line. */
export function protectedWith(reason: string): string {
  return `🔒 Protected: ${nameSpan(reason)}. No retention deletes it.`;
}
