import { cpus } from 'node:os';
import { describe, expect, test } from 'vitest';
import { median, race } from '../bench/measuring.ts';
import { comparison, differences, memory, table } from '../bench/table.ts';

test.each([
  [[3], 3],
  [[10, 9, 2], 9],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('nothing has no median', () => {
  expect(() => median([])).toThrow('Nothing was measured');
});

describe('a race', () => {
  test('goes in turns, settles before each run and clears away after it', async () => {
    const events: string[] = [];
    const note = (event: string) => async () => events.push(event);
    const contenders = [
      { name: 'a', run: note('a'), after: note('after a') },
      { name: 'b', run: note('b') },
    ];
    const measured = await race(contenders, 2, note('settle'));
    const round = ['settle', 'a', 'after a', 'settle', 'b'];
    expect(events).toEqual([...round, ...round]);
    expect(measured.map(({ name, times }) => [name, times.length])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  });

  test('times the run alone', async () => {
    const slow = () => new Promise((resolve) => setTimeout(resolve, 200));
    const [measured] = await race([{ name: 'a', run: async () => {}, after: slow }], 1, slow);
    expect(measured?.times[0]).toBeLessThan(100);
  });

  test('sees how many cores are at work', async () => {
    const work = async () => {
      for (const end = performance.now() + 300; performance.now() < end; );
    };
    const [measured] = await race([{ name: 'a', run: work }], 1);
    expect(measured?.cores[0]).toBeGreaterThan(0.4);
    expect(measured?.cores[0]).toBeLessThan(cpus().length + 0.2);
  });

  test('ends with a run that fails', async () => {
    const fail = () => Promise.reject(new Error('no'));
    await expect(race([{ name: 'a', run: fail }], 1)).rejects.toThrow('no');
  });
});

describe('as Markdown', () => {
  test('numbers stand on the right', () => {
    expect(
      table(
        ['a', 'b'],
        [
          ['x', '1'],
          ['y', '2'],
        ],
      ),
    ).toBe('| a | b |\n|---|---:|\n| x | 1 |\n| y | 2 |');
  });

  test('times are compared by their medians with those of one', () => {
    const measured = [
      { name: 'limit', times: [10_000, 9000, 30_000], cores: [1.04, 1, 2] },
      { name: 'ours', times: [15_000, 15_000, 14_000], cores: [2, 2, 2] },
    ];
    expect(comparison('backup', 'ours', measured).split('\n').slice(2)).toEqual([
      '| limit | 10.0 s | 9.0 s to 30.0 s | 1.0 | 1.50 |',
      '| ours | 15.0 s | 14.0 s to 15.0 s | 2.0 | 1.00 |',
    ]);
  });

  test('a comparison with one that did not take part fails', () => {
    expect(() => comparison('backup', 'ours', [{ name: 'other', times: [1], cores: [1] }])).toThrow(
      'Nothing was measured',
    );
  });

  test('short times are told by what they are above the first', () => {
    const measured = [
      { name: 'node', times: [30], cores: [1] },
      { name: 'bad input', times: [51, 49], cores: [1, 1] },
    ];
    expect(differences('start-up', measured).split('\n')).toEqual([
      '| start-up | median | above node |',
      '|---|---:|---:|',
      '| node | 30 ms |  |',
      '| bad input | 50 ms | 20 ms |',
    ]);
  });

  test('memory is in MiB', () => {
    expect(memory('peak', new Map([['psql', 11.6 * 1024 ** 2]]))).toContain('| psql | 12 MiB |');
  });
});
