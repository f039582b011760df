import { describe, expect, test } from 'vitest';
import type { RecordedBackup } from '../../../../src/jobs/recorded-backup.ts';
import type { RetentionRules } from '../../../../src/jobs/request.ts';
import { chooseKept } from '../../../../src/jobs/retention/choose.ts';
import { noRules, recorded } from '../../../support/retention/recorded.ts';

const now = new Date('2026-11-28T12:00:00Z');

/** A backup, by its time, or with more. */
type Given = string | [at: string, others: Partial<RecordedBackup>];

/** What stays of backups, each told by its recorded time with what keeps it; and what goes. */
function chosen(given: readonly Given[], rules: Partial<RetentionRules>, time = now) {
  const backups = given.map((one) => (typeof one === 'string' ? recorded(one) : recorded(...one)));
  const { kept, deleted, wrongClock } = chooseKept(backups, { ...noRules, ...rules }, time);
  const nameOf = ({ name }: RecordedBackup): string => name.slice('shop_backup_'.length, -'.dump'.length);
  return {
    kept: kept.map(({ backup, reasons }) => `${nameOf(backup)}: ${reasons.join(', ')}`),
    deleted: deleted.map(nameOf),
    wrongClock: wrongClock.map(nameOf),
  };
}

const nights = (last: string, number: number): string[] =>
  Array.from({ length: number }, (_, night) =>
    new Date(Date.parse(last) - night * 86_400_000).toISOString().replace('.000Z', 'Z'),
  );

describe('each rule', () => {
  test('the last ones, whenever they were made', () => {
    expect(
      chosen(['2026-11-28T02:00Z', '2026-11-28T01:00Z', '2020-01-01T00:00Z', '2019-01-01T00:00Z'], {
        last: 3,
      }),
    ).toEqual({
      kept: ['2026-11-28T02:00Z: newest, last 3', '2026-11-28T01:00Z: last 3', '2020-01-01T00:00Z: last 3'],
      deleted: ['2019-01-01T00:00Z'],
      wrongClock: [],
    });
  });

  test('the newest of each of the last days that have one; a day ends at midnight, UTC', () => {
    expect(
      chosen(
        [
          ...['2026-11-28T00:00:00Z', '2026-11-27T23:59:59Z', '2026-11-27T00:00:00Z'],
          ...['2026-11-20T10:00:00Z', '2026-11-20T09:00:00Z', '2026-11-19T09:00:00Z'],
        ],
        { daily: 3 },
      ),
    ).toEqual({
      kept: [
        '2026-11-28T00:00:00Z: newest, day 2026-11-28',
        '2026-11-27T23:59:59Z: day 2026-11-27',
        '2026-11-20T10:00:00Z: day 2026-11-20',
      ],
      deleted: ['2026-11-27T00:00:00Z', '2026-11-20T09:00:00Z', '2026-11-19T09:00:00Z'],
      wrongClock: [],
    });
  });

  test('a day is that of UTC wherever the machine is, also when its clocks are put back', () => {
    const before = process.env['TZ'];
    process.env['TZ'] = 'America/New_York';
    try {
      expect(new Date('2026-11-01T00:30:00Z').getDate()).toBe(31);
      const backups = ['2026-11-02T00:30:00Z', '2026-11-01T23:30:00Z', '2026-11-01T00:30:00Z'];
      expect(chosen(backups, { daily: 9 }).kept).toEqual([
        '2026-11-02T00:30:00Z: newest, day 2026-11-02',
        '2026-11-01T23:30:00Z: day 2026-11-01',
      ]);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  test('weeks begin on Monday and have the numbers of ISO 8601', () => {
    expect(
      chosen(['2026-11-23T00:00:00Z', '2026-11-22T23:59:59Z', '2026-11-16T00:00:00Z'], { weekly: 4 }),
    ).toEqual({
      kept: ['2026-11-23T00:00:00Z: newest, week 2026-W48', '2026-11-22T23:59:59Z: week 2026-W47'],
      deleted: ['2026-11-16T00:00:00Z'],
      wrongClock: [],
    });
  });

  test('months and years, with the day that only some years have', () => {
    expect(
      chosen(
        ['2024-03-01T00:00:00Z', '2024-02-29T23:59:59Z', '2024-02-28T00:00:00Z', '2023-12-31T23:59:59Z'],
        {
          ...{ monthly: 2, yearly: 2, daily: 2 },
        },
      ),
    ).toEqual({
      kept: [
        '2024-03-01T00:00:00Z: newest, day 2024-03-01, month 2024-03, year 2024',
        '2024-02-29T23:59:59Z: day 2024-02-29, month 2024-02',
        '2023-12-31T23:59:59Z: year 2023',
      ],
      deleted: ['2024-02-28T00:00:00Z'],
      wrongClock: [],
    });
  });

  test('all within some days of 24 hours, and the last one before, which the days began with', () => {
    expect(
      chosen(
        ['2026-11-28T02:00:00Z', '2026-11-26T02:00:01Z', '2026-11-26T01:59:59Z', '2026-11-26T01:00:00Z'],
        { withinDays: 2 },
      ),
    ).toEqual({
      kept: [
        '2026-11-28T02:00:00Z: newest, within 2 days',
        '2026-11-26T02:00:01Z: within 2 days',
        '2026-11-26T01:59:59Z: last before the 2 days',
      ],
      deleted: ['2026-11-26T01:00:00Z'],
      wrongClock: [],
    });
  });

  test('one from the very moment when the days began needs none before', () => {
    const backups = ['2026-11-28T02:00:00Z', '2026-11-26T02:00:00Z', '2026-11-26T01:59:59Z'];
    expect(chosen(backups, { withinDays: 2 }).deleted).toEqual(['2026-11-26T01:59:59Z']);
  });

  test('more than there are', () => {
    const rules = { last: 9, withinDays: 1e15, daily: 9, weekly: 9, monthly: 9, yearly: 9 };
    expect(chosen(['2026-11-28T02:00:00Z', '2025-11-28T02:00:00Z'], rules).deleted).toEqual([]);
    expect(chosen([], rules)).toEqual({ kept: [], deleted: [], wrongClock: [] });
  });
});

test.each([
  ['2021-01-03T12:00:00Z', 'week 2020-W53'],
  ['2021-01-04T00:00:00Z', 'week 2021-W01'],
  ['2020-12-31T23:59:59Z', 'week 2020-W53'],
  ['2019-12-30T00:00:00Z', 'week 2020-W01'],
  ['2019-12-29T23:59:59Z', 'week 2019-W52'],
  ['2022-01-01T00:00:00Z', 'week 2021-W52'],
  ['2016-01-03T00:00:00Z', 'week 2015-W53'],
  ['2026-12-31T00:00:00Z', 'week 2026-W53'],
  ['2024-12-30T00:00:00Z', 'week 2025-W01'],
  ['2024-02-29T00:00:00Z', 'week 2024-W09'],
])('%s lies in %s', (at, week) => {
  expect(chosen([at], { weekly: 1 }, new Date('2030-01-01')).kept).toEqual([`${at}: newest, ${week}`]);
});

test('the last days of a year and the first of the next are one week, of which one stays', () => {
  const backups = ['2021-01-03T02:00:00Z', '2020-12-28T02:00:00Z', '2020-12-27T02:00:00Z'];
  expect(chosen(backups, { weekly: 2 })).toEqual({
    kept: ['2021-01-03T02:00:00Z: newest, week 2020-W53', '2020-12-27T02:00:00Z: week 2020-W52'],
    deleted: ['2020-12-28T02:00:00Z'],
    wrongClock: [],
  });
});

describe('what is never deleted', () => {
  const newest = '2026-11-28T02:00:00Z';
  const keeping = (given: Given): string => chosen([newest, given], { last: 1 }).kept.at(-1) ?? '';

  test.each<[string, Partial<RecordedBackup>]>([
    ['newest verified', { verifiedAt: new Date('2026-01-02') }],
    ['protected: "before \\"4.2\\"\\n::error::x"', { protection: 'before "4.2"\n::error::x' }],
    ['protected: ""', { protection: '' }],
    ['immutable until 2026-12-01', { immutableUntil: new Date('2026-12-01T10:00:00Z') }],
    ['legal hold', { hasLegalHold: true }],
    ['leaves out a part', { part: 'without the rows of table log' }],
    ['recorded later than its file was made', { createdOn: new Date('2025-12-31T23:54:59Z') }],
    ['newest file', { createdOn: new Date('2026-11-28T02:30:00Z') }],
  ])('%s', (reason, others) => {
    const at = '2026-01-01T00:00:00Z';
    expect(keeping([at, others])).toBe(`${at}: ${reason}`);
    expect(chosen([newest, at], { last: 1 }).deleted).toEqual([at]);
  });

  test('what is immutable no longer goes', () => {
    const old: Given = ['2026-01-01T00:00:00Z', { immutableUntil: now }];
    expect(chosen([newest, old], { last: 1 }).deleted).toEqual(['2026-01-01T00:00:00Z']);
  });

  test('each reason is told', () => {
    const others = { protection: 'x', hasLegalHold: true, verifiedAt: now };
    expect(chosen([[newest, others]], { last: 2, yearly: 1 }).kept).toEqual([
      `${newest}: newest, newest verified, protected: "x", legal hold, last 2, year 2026`,
    ]);
  });

  test('the newest verified is that of the latest backup, not of the latest verification', () => {
    const given: Given[] = [
      newest,
      ['2026-03-01T00:00:00Z', { verifiedAt: new Date('2026-03-02') }],
      ['2026-02-01T00:00:00Z', { verifiedAt: new Date('2026-11-02') }],
    ];
    expect(chosen(given, { last: 1 }).deleted).toEqual(['2026-02-01T00:00:00Z']);
  });

  test('the newest file is no reason where many came within an hour, as copies do', () => {
    const copied = (at: string, minute: string): Given => [
      at,
      { createdOn: new Date(`2026-11-28T03:${minute}:00Z`) },
    ];
    const given = [copied(newest, '00'), copied('2020-01-01T00:00:00Z', '59')];
    expect(chosen(given, { last: 1 }).deleted).toEqual(['2020-01-01T00:00:00Z']);
  });

  test('one that was protected, or cannot be deleted, takes its place in the rules all the same', () => {
    const given: Given[] = [
      [newest, { protection: 'x' }],
      ['2026-11-27T02:00:00Z', { hasLegalHold: true }],
      '2026-11-26T02:00:00Z',
    ];
    expect(chosen(given, { last: 2 }).deleted).toEqual(['2026-11-26T02:00:00Z']);
  });
});

describe('what cannot be right takes no place in the rules', () => {
  test('a clock that jumped by a year costs no true backup', () => {
    const jumped = ['2027-11-28T02:00:00Z', '2027-11-29T02:00:00Z', '2026-11-28T12:05:01Z'];
    const given = [...jumped, ...nights('2026-11-28T02:00:00Z', 4)];
    expect(chosen(given, { last: 2, withinDays: 1, daily: 2, yearly: 1 })).toEqual({
      kept: [
        '2027-11-29T02:00:00Z: recorded in the future',
        '2027-11-28T02:00:00Z: recorded in the future',
        '2026-11-28T12:05:01Z: recorded in the future',
        '2026-11-28T02:00:00Z: newest, last 2, within 1 day, day 2026-11-28, year 2026',
        '2026-11-27T02:00:00Z: last 2, within 1 day, day 2026-11-27',
      ],
      deleted: ['2026-11-26T02:00:00Z', '2026-11-25T02:00:00Z'],
      wrongClock: ['2027-11-29T02:00:00Z', '2027-11-28T02:00:00Z', '2026-11-28T12:05:01Z'],
    });
  });

  test('nor when its time has come, since the account knows when the file came; five minutes are forgiven', () => {
    const createdOn = new Date('2026-11-20T02:00:00Z');
    const given: Given[] = [
      ['2026-11-26T02:00:00Z', { createdOn }],
      ['2026-11-20T02:05:00Z', { createdOn }],
      ['2026-11-19T02:00:00Z', { createdOn: new Date('2026-11-19T03:00:00Z') }],
    ];
    expect(chosen(given, { last: 1 })).toEqual({
      kept: [
        '2026-11-26T02:00:00Z: recorded later than its file was made',
        '2026-11-20T02:05:00Z: newest, last 1',
      ],
      deleted: ['2026-11-19T02:00:00Z'],
      wrongClock: ['2026-11-26T02:00:00Z'],
    });
  });

  test('a time that cannot be read', () => {
    const [good, bad] = [recorded('2026-11-28T02:00:00Z'), recorded(new Date(Number.NaN), { name: 'bad' })];
    expect(chooseKept([bad, good], { ...noRules, last: 1 }, now)).toEqual({
      kept: [
        { backup: good, reasons: ['newest', 'last 1'] },
        { backup: bad, reasons: ['recorded time unreadable'] },
      ],
      deleted: [],
      wrongClock: [bad],
    });
  });

  test('one that leaves something out is neither the newest nor one of the last', () => {
    const given: Given[] = [
      ['2026-11-28T02:00:00Z', { part: 'only schema a', verifiedAt: now }],
      '2026-11-27T02:00:00Z',
      '2026-11-26T02:00:00Z',
    ];
    expect(chosen(given, { last: 1 })).toEqual({
      kept: ['2026-11-28T02:00:00Z: leaves out a part', '2026-11-27T02:00:00Z: newest, last 1'],
      deleted: ['2026-11-26T02:00:00Z'],
      wrongClock: [],
    });
  });

  test('where nothing counts, nothing goes', () => {
    expect(chosen(['2027-01-01T00:00:00Z', '2027-01-02T00:00:00Z'], { last: 1 }).deleted).toEqual([]);
  });
});

describe('what costs others their backups', () => {
  test('no rule at all deletes nothing', () => {
    expect(chosen(nights('2026-11-28T02:00:00Z', 2), {})).toEqual({
      kept: ['2026-11-28T02:00:00Z: newest, no rule is set', '2026-11-27T02:00:00Z: no rule is set'],
      deleted: [],
      wrongClock: [],
    });
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, undefined, '7', null])(
    'a rule of %s chooses nothing',
    (wrong) => {
      const rules = { ...noRules, last: 3, daily: wrong as number };
      expect(() => chooseKept([recorded(now)], rules, now)).toThrow(new RangeError(`daily is ${wrong}`));
    },
  );

  test('an outage that is longer than the days deletes no more than the days did before it', () => {
    const backups = nights('2026-08-01T02:00:00Z', 10);
    const before = chosen(backups, { withinDays: 3 }, new Date('2026-08-01T12:00:00Z'));
    expect(before.kept).toHaveLength(4);
    expect(chosen(backups, { withinDays: 3 })).toEqual(before);
    const after = chosen(['2026-11-28T02:00:00Z', ...backups], { withinDays: 3 });
    expect(after.kept).toEqual([
      '2026-11-28T02:00:00Z: newest, within 3 days',
      '2026-08-01T02:00:00Z: last before the 3 days',
    ]);
  });

  test('a flood takes the places of the last ones, not those of the days', () => {
    const flood = Array.from({ length: 40 }, (_, n) => `2026-11-28T11:00:${String(n + 10)}Z`);
    const given = [...flood, ...nights('2026-11-28T02:00:00Z', 9)];
    expect(chosen(given, { last: 7 }).deleted).toContain('2026-11-28T02:00:00Z');
    const { kept, deleted } = chosen(given, { last: 7, withinDays: 7 });
    expect(kept).toHaveLength(40 + 8);
    expect(deleted).toEqual(['2026-11-20T02:00:00Z']);
  });

  test('two of one time both stay, and take one place; so do those of the newest time', () => {
    const twin = (at: string): Given => [at, { name: `shop_backup_${at} twin.dump` }];
    const [a, b, c] = nights('2026-11-28T02:00:00Z', 3) as [string, string, string];
    expect(chosen([a, twin(a), b, twin(b), c, twin(c)], { last: 2 })).toEqual({
      kept: [`${a} twin: newest, last 2`, `${a}: newest, last 2`, `${b} twin: last 2`, `${b}: last 2`],
      deleted: [`${c} twin`, c],
      wrongClock: [],
    });
    expect(chosen([a, b, twin(b), c], { daily: 2 }).kept).toHaveLength(3);
    expect(chosen([a, b, c, twin(c)], { withinDays: 1, last: 1 }).deleted).toEqual([`${c} twin`, c]);
  });
});

test('where two servers in use are given as one, the newest and the newest verified of neither go, on the first night too', () => {
  const night = (number: number, host: string, other: Partial<RecordedBackup> = {}): RecordedBackup => {
    const at = new Date(Date.UTC(2026, 8, number, host === 'prod' ? 2 : 3));
    const kind = { serverVersion: '17.6', compression: 'zstd:1', hasLegalHold: false, tier: 'Hot' };
    return {
      name: `${host}_${number}.dump`,
      size: 1,
      etag: '"1"',
      host,
      database: 'app',
      at,
      ...kind,
      ...other,
    };
  };
  const verified = { verifiedAt: new Date('2026-11-01T00:00:00Z') };
  const prod = Array.from({ length: 60 }, (_, i) => night(i + 1, 'prod', i === 3 ? verified : {}));
  const rules = { last: 1, withinDays: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0 };
  const { kept } = chooseKept(
    [...prod, night(60, 'staging', verified)],
    rules,
    new Date('2026-11-28T00:00:00Z'),
  );
  expect(kept.map(({ backup, reasons }) => [backup.name, reasons])).toEqual([
    ['staging_60.dump', ['newest', 'newest verified', 'last 1']],
    ['prod_60.dump', ['newest of "prod"']],
    ['prod_4.dump', ['newest verified of "prod"']],
  ]);
});
