import type { RecordedBackup } from '../../../src/jobs/recorded-backup.ts';
import type { RetentionRules } from '../../../src/jobs/request.ts';

export const noRules: RetentionRules = {
  ...{ last: 0, withinDays: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0 },
};

/** A whole backup that was recorded at a time, as the account may show it, with what is to differ. */
export function recorded(at: Date | string, others: Partial<RecordedBackup> = {}): RecordedBackup {
  const time = new Date(at);
  return {
    name: `shop_backup_${typeof at === 'string' ? at : at.getTime()}.dump`,
    ...{ size: 1_000, etag: '"0x1"', host: 'shop.example.org', database: 'shop', at: time },
    ...{ serverVersion: '17.6', compression: 'zstd:1', hasLegalHold: false, tier: 'Hot' },
    ...others,
  };
}
