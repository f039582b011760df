import { count, formatBytes, quoted } from '../../base/format.ts';
import type { PreflightFacts } from '../../postgres/restore/server-offers.ts';
import type { RestoreFacts } from '../../postgres/server/server.ts';
import { identifier, literal, toPaste } from '../../postgres/session/sql-text.ts';
import { describeSession, endingStatement } from '../../postgres/swap/end-sessions.ts';
import type { RestoreStrategy } from '../request.ts';
import { type Finding, firstFew } from './finding.ts';

/** What is replaced, how, and from where. */
export interface RestorePlan {
  database: string;
  strategy: RestoreStrategy;
  /** Size of the backup, in bytes. */
  backupSize: number;
  /** Size of the database that it was made of, in bytes, if that is recorded. */
  recordedSize: number | undefined;
}

/** What there is to say about the server, and the database that is to be replaced. */
export function targetFindings(
  plan: RestorePlan,
  { target }: Pick<RestoreFacts, 'target'>,
  facts: Pick<PreflightFacts, 'target' | 'unendable'>,
): Finding[] {
  return [
    ...slotFindings(plan, facts.target?.slots ?? []),
    ...subscriptionFindings(plan, facts.target?.subscriptions ?? []),
    ...sessionFindings(plan.database, facts.unendable),
    sizeFinding(plan, facts.target?.size ?? null),
    targetFinding(plan.database, target),
  ];
}

/**
 * Tried on 15, 17 and 18: while a slot is used, the database can be neither renamed nor dropped. Unused ones stay with
 * the renamed database, and go without a word when that is dropped.
 */
function slotFindings(
  { database, strategy }: RestorePlan,
  slots: readonly { name: string; active: boolean }[],
): Finding[] {
  const names = (active: boolean): string =>
    firstFew(slots.filter((slot) => slot.active === active).map(({ name }) => quoted(name)));
  const findings: Finding[] = [];
  if (slots.some(({ active }) => active)) {
    findings.push({
      level: 'error',
      text: `Logical replication is reading database ${quoted(database)} through the slot ${names(true)}. While it does, the database can be neither renamed nor dropped.`,
      remedy: `Stop the subscriber that reads through the slot ${names(true)}.`,
    });
  }
  if (slots.some(({ active }) => !active)) {
    const text = `Database ${quoted(database)} has the logical replication slot ${names(false)}.`;
    findings.push(
      strategy === 'swap'
        ? {
            level: 'warning',
            text: `${text} It stays with the old database and is lost when that is dropped. The restored database has none: set up whatever reads from it again.`,
            afterwards: `The old database had the logical replication slot ${names(false)}. The restored one has none: set up whatever reads from it again.`,
          }
        : {
            level: 'error',
            text: `${text} It would be lost with the old database.`,
            remedy: `Once nobody needs the slot any more, drop it:\n${slots.map(({ name }) => `SELECT pg_drop_replication_slot(${literal(name)});`).join('\n')}`,
          },
    );
  }
  return findings;
}

/**
 * Tried on 15, 17 and 18: an enabled one's worker, which a plain role may not end, keeps the database from being renamed;
 * and a database with any is never dropped.
 */
function subscriptionFindings(
  { database, strategy }: RestorePlan,
  subscriptions: readonly { name: string; enabled: boolean }[],
): Finding[] {
  if (subscriptions.length === 0) return [];
  const names = firstFew(subscriptions.map(({ name }) => quoted(name)));
  const enabled = subscriptions.some((subscription) => subscription.enabled);
  const refused = enabled ? 'can be neither renamed nor dropped' : 'cannot be dropped';
  const text = `Database ${quoted(database)} has the subscription ${names}, and so it ${refused}.`;
  if (strategy === 'swap' && !enabled)
    return [
      {
        level: 'warning',
        text: `${text} The old database will be left over: drop its subscription, then the database.`,
        afterwards: `The old database has the subscription ${names}, and so it cannot be dropped: drop its subscription, then the database.`,
      },
    ];
  const statements = subscriptions.map(({ name }) => toPaste(`DROP SUBSCRIPTION ${identifier(name)};`));
  return [
    {
      level: 'error',
      text,
      remedy: `Drop the subscription first, in database ${quoted(database)}:\n${statements.join('\n')}`,
    },
  ];
}

/** They may be gone by the time that they are in the way. */
function sessionFindings(database: string, unendable: PreflightFacts['unendable']): Finding[] {
  if (unendable.length === 0) return [];
  const text =
    `${count(unendable.length, 'session')} in database ${quoted(database)} may block the restore, and this role may not end ` +
    `${unendable.length === 1 ? 'it' : 'them'}: ${firstFew(unendable.map(describeSession))}. If ${unendable.length === 1 ? 'it does' : 'they do'} not end, run this as an ` +
    `administrator of the server:\n${endingStatement(unendable)}`;
  return [{ level: 'warning', text }];
}

function sizeFinding({ strategy, backupSize, recordedSize }: RestorePlan, size: number | null): Finding {
  const sizes = [
    `Backup ${formatBytes(backupSize)}`,
    ...(recordedSize === undefined ? [] : [`source ${formatBytes(recordedSize)}`]),
    ...(size === null ? [] : [`current ${formatBytes(size)}`]),
  ].join(', ');
  const need = recordedSize ?? size;
  const needed =
    strategy === 'swap' && need !== null ? `; needs about ${roughly(need)} free on the server` : '';
  return { level: 'info', text: `${sizes}${needed}` };
}

/** With two digits, and not less: `38 MB`. */
function roughly(bytes: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, bytes))) - 1);
  return formatBytes(Math.ceil(bytes / unit) * unit)
    .replace(/(\.\d*?)0+ /, '$1 ')
    .replace('. ', ' ');
}

/** Of the database that is to be replaced, or made. */
export function targetFinding(database: string, target: RestoreFacts['target']): Finding {
  if (!target) {
    return {
      level: 'info',
      text: `Database ${quoted(database)} does not exist on the server; it will be created.`,
    };
  }
  const sessions = Object.entries(target.sessions).map(([name, count]) => `${count} of ${quoted(name)}`);
  const ended =
    sessions.length === 0 ? 'no sessions are connected' : `its sessions will be ended: ${firstFew(sessions)}`;
  return { level: 'info', text: `Database ${quoted(database)} will be replaced; ${ended}.` };
}
