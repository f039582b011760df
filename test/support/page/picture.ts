import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** GitHub's, as `prefers-color-scheme` names them. */
export const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** In pixels, that of the column in which GitHub shows a README on most screens. */
const width = 860;

/** GitHub's colours: text, what is less important, ground, frames, code, links. https://primer.style/foundations/color */
const colours: Record<Theme, [string, string, string, string, string, string]> = {
  light: ['#1f2328', '#59636e', '#ffffff', '#d1d9e0', '#f6f8fa', '#0969da'],
  dark: ['#f0f6fc', '#9198a1', '#0d1117', '#3d444d', '#151b23', '#4493f8'],
};

function styleFor(theme: Theme): string {
  const [text, muted, ground, frame, code, link] = colours[theme];
  return `
    .page { box-sizing: border-box; width: ${width}px; padding: 16px 24px; border: 1px solid ${frame}; border-radius: 6px; color: ${text};
      background: ${ground}; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
    .page > * { margin: 0 0 12px; }
    .page > :last-child { margin: 0; color: ${muted}; }
    h3 { font-size: 18px; } h4 { font-size: 14px; }
    table { border-collapse: collapse; } th, td { border: 1px solid ${frame}; padding: 4px 12px; }
    code { font: 85% ui-monospace, "Liberation Mono", Menlo, monospace; background: ${code}; padding: 2px 5px; border-radius: 6px;
      overflow-wrap: anywhere; }
    pre { background: ${code}; padding: 12px; border-radius: 6px; overflow: hidden; } pre code { padding: 0; }
    a { color: ${link}; text-decoration: underline; }`;
}

/** A summary as an image that a README shows: SVG around HTML, which has to be well-formed XML. @param height in pixels */
export function svgOf(html: string, theme: Theme, height: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>The summary of a restore</title>
<style>${styleFor(theme)}
</style>
<foreignObject width="${width}" height="${height}">
<div xmlns="http://www.w3.org/1999/xhtml" class="page">
${html.trim()}
</div>
</foreignObject>
</svg>
`;
}

/** How high a browser makes a summary, in pixels, with room for fonts that are somewhat wider. @param folder for its files */
export async function heightOf(browser: string, folder: string, html: string): Promise<number> {
  const file = join(folder, 'height.html');
  const measure = "document.title = document.querySelector('.page').offsetHeight";
  const page = `<!doctype html><style>body { margin: 0 } ${styleFor('light')}</style><div class="page">${html}</div>`;
  await writeFile(file, `${page}<script>${measure}</script>`);
  const { stdout } = await promisify(execFile)(
    browser,
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--window-size=900,1000', '--dump-dom'],
      ...[`--user-data-dir=${join(folder, 'profile')}`, `file://${file}`],
    ],
    { timeout: 60_000 },
  );
  const [, height] = /<title>(\d+)<\/title>/.exec(stdout) ?? [];
  return Number(height) + 24;
}
