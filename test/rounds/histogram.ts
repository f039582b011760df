import type { Way } from './ways.ts';

/** Where the fault of a round fell, and what came of it. */
export interface Fell {
  way: Way;
  /** At what the step was, as it was observed. */
  phase: string;
  outcome: string;
  /** How long after the moment that matters most, the commit or the rename, in milliseconds; negative before it. */
  offset?: number;
}

/** Where the faults of many rounds fell. */
export class Histogram {
  readonly all: Fell[] = [];

  add(fell: Fell): void {
    this.all.push(fell);
  }

  /** How many there are of which something holds. */
  readonly count = (holds: (fell: Fell) => boolean): number => this.all.filter(holds).length;

  /** A table: phases by outcomes, in the order in which they are first met, but phases by their numbers. */
  table(): string {
    const outcomes = [...new Set(this.all.map(({ outcome }) => outcome))].sort();
    const phases = [...new Set(this.all.map(({ phase }) => phase))].sort();
    const cell = (phase: string, outcome: string): string =>
      String(this.count((one) => one.phase === phase && one.outcome === outcome) || '');
    const rows = [
      ['phase', ...outcomes, 'all'],
      ...phases.map((phase) => [
        phase,
        ...outcomes.map((outcome) => cell(phase, outcome)),
        String(this.count((one) => one.phase === phase)),
      ]),
      [
        'all',
        ...outcomes.map((outcome) => String(this.count((one) => one.outcome === outcome))),
        String(this.all.length),
      ],
    ];
    const widths = (rows[0] ?? []).map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0)));
    const lines = rows.map(
      (row) => `| ${row.map((text, place) => text.padEnd(widths[place] ?? 0)).join(' | ')} |`,
    );
    lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
    return lines.join('\n');
  }

  /** `blip: 3, kill all: 4`. */
  ways(): string {
    const ways = [...new Set(this.all.map(({ way }) => way))].sort();
    return ways.map((way) => `${way}: ${this.count((one) => one.way === way)}`).join(', ');
  }

  /** Everything about them, in lines. */
  toString(): string {
    const offsets = this.all.flatMap(({ offset }) => (offset === undefined ? [] : [Math.round(offset)]));
    return [this.table(), this.ways(), `Offsets in ms: ${offsets.sort((a, b) => a - b).join(' ')}`].join(
      '\n',
    );
  }
}
