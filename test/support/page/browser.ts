import { execFile } from 'node:child_process';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser of this machine that shows pages without a screen, undefined if there is none. */
export async function findBrowser(): Promise<string | undefined> {
  for (const place of places) {
    const found = await access(place).then(
      () => true,
      () => false,
    );
    if (found) return place;
  }
  return undefined;
}

/** Without a sandbox, which root may not have, and with a profile of its own. */
export const headless = (folder: string): string[] => [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-dev-shm-usage'],
  `--user-data-dir=${join(folder, 'profile')}`,
];

/** How a page fills windows of some widths. */
export interface Layout {
  /** How much wider than the window the page is, in pixels, in the order of the widths. */
  overflow: number[];
  /** How many elements there are in it. */
  elements: number;
}

/** Has a browser lay out a page. @param folder for its files */
export async function layoutOf(
  browser: string,
  folder: string,
  html: string,
  widths: readonly number[],
): Promise<Layout> {
  const measure = `<script>
      const body = document.body;
      const overflow = ${JSON.stringify(widths)}.map((width) => {
        body.style.width = width - 32 + 'px';
        return body.scrollWidth - body.clientWidth;
      });
      document.title = JSON.stringify({ overflow, elements: document.querySelectorAll('article *').length });
    </script>`;
  const file = join(folder, 'measured.html');
  await writeFile(file, html.replace('</body>', `${measure}</body>`));
  const window = `--window-size=${Math.max(...widths)},1000`;
  const { stdout } = await run(browser, [...headless(folder), window, '--dump-dom', `file://${file}`], {
    maxBuffer: 2 ** 25,
    timeout: 60_000,
  });
  const [, title] = /<title>(.*?)<\/title>/s.exec(stdout) ?? [];
  return JSON.parse(title ?? '') as Layout;
}

/** Takes a picture of a page. @param file where to put it, a PNG */
export async function takePicture(
  browser: string,
  folder: string,
  html: string,
  file: string,
  { width, height }: { width: number; height: number },
): Promise<void> {
  const page = join(folder, 'page.html');
  await writeFile(page, html);
  await run(
    browser,
    [...headless(folder), `--window-size=${width},${height}`, `--screenshot=${file}`, `file://${page}`],
    { timeout: 60_000 },
  );
}
