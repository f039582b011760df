import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { headless } from './browser.ts';

/** The program that GitHub draws diagrams with. */
const program = join(
  ...[import.meta.dirname, '..', '..', '..', 'node_modules', 'mermaid', 'dist', 'mermaid.min.js'],
);

/** What Mermaid has made of a chart. */
export interface DrawnChart {
  /** Why it could not, as it says. */
  error?: string;
  /** The height of each bar, from left to right, in pixels. */
  heights: number[];
  /** How many places these bars have: less than there are bars if some stand on top of others. */
  places: number;
  /** The labels of the axis below that can be seen, and its title. */
  below: string[];
  /** What stands beside the axis on the left. */
  beside: string[];
  /** How far labels reach over the ones beside them, in pixels. */
  overlap: number;
}

/** The charts in a summary, as Mermaid is given them. */
export function chartsIn(summary: string): string[] {
  return [...summary.matchAll(/^```mermaid\n(.*?)\n```$/gms)].map(([, source = '']) => source);
}

/** A page on which Mermaid draws charts, each in an element of its own, and then runs a script. */
export function pageOfCharts(charts: readonly string[], theme: 'default' | 'dark', then = ''): string {
  const sources = JSON.stringify(charts).replaceAll('<', '\\u003c');
  return `<!doctype html><html><head><meta charset="utf-8"><title></title></head><body style="width: 960px">
    <script src="file://${program}"></script>
    <script type="module">
      mermaid.initialize({ startOnLoad: false, theme: '${theme}' });
      const drawn = [];
      for (const [place, source] of ${sources}.entries()) {
        const element = document.createElement('div');
        document.body.append(element);
        try {
          element.innerHTML = (await mermaid.render('chart' + place, source)).svg;
          drawn.push({ element });
        } catch (error) {
          drawn.push({ element, error: String(error) });
        }
      }
      ${then}
    </script></body></html>`;
}

const measure = `
  const texts = (element, axis) => [...element.querySelectorAll('.' + axis + ' text')];
  document.title = JSON.stringify(drawn.map(({ element, error }) => {
    const bars = [...element.querySelectorAll('.bar-plot-0 rect')];
    const labels = texts(element, 'bottom-axis .label').map((text) => text.getBoundingClientRect()).filter(({ width }) => width > 1);
    return {
      error,
      heights: bars.map((bar) => Number(bar.getAttribute('height'))),
      places: new Set(bars.map((bar) => bar.getAttribute('x'))).size,
      below: texts(element, 'bottom-axis').filter((text) => text.getBoundingClientRect().width > 1).map((text) => text.textContent),
      beside: texts(element, 'left-axis').map((text) => text.textContent),
      overlap: Math.max(0, ...labels.slice(1).map(({ left }, place) => labels[place].right - left)),
    };
  }));`;

/** Has Mermaid draw charts, all in one run of a browser. @param folder for its files */
export async function drawCharts(
  browser: string,
  folder: string,
  charts: readonly string[],
): Promise<DrawnChart[]> {
  const file = join(folder, 'charts.html');
  await writeFile(file, pageOfCharts(charts, 'default', measure));
  const { stdout } = await promisify(execFile)(
    browser,
    [...headless(folder), '--virtual-time-budget=60000', '--dump-dom', `file://${file}`],
    { maxBuffer: 2 ** 26, timeout: 120_000 },
  );
  const [, title = ''] = /<title>(.*?)<\/title>/s.exec(stdout) ?? [];
  return JSON.parse(
    title.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  ) as DrawnChart[];
}
