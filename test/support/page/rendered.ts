import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/**
 * A summary as HTML by the rules of GitHub's Markdown. HTML in it stays HTML, all of it: GitHub would take out most.
 * https://github.github.com/gfm/
 */
export function htmlOf(summary: string): string {
  return micromark(summary, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

const styles = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'github-markdown-css');

/** The page of a run around a summary, in GitHub's style. */
export async function pageOf(
  title: string,
  summary: string,
  theme: 'light' | 'dark' = 'light',
): Promise<string> {
  const css = await readFile(join(styles, `github-markdown-${theme}.css`), 'utf8');
  const [frame, ground] = theme === 'light' ? ['#d1d9e0', '#f6f8fa'] : ['#3d444d', '#010409'];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${css}
    body { margin: 0; padding: 16px; background: ${ground}; }
    article { box-sizing: border-box; padding: 16px 24px; border: 1px solid ${frame}; border-radius: 6px; }
  </style></head><body><article class="markdown-body">${htmlOf(summary)}</article></body></html>`;
}

/** What a page may be made of, with the attributes that each element may have. */
const allowed: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    [
      'h3',
      'h4',
      'p',
      'strong',
      'pre',
      'details',
      'summary',
      'table',
      'thead',
      'tbody',
      'tr',
      'br',
      'ul',
      'li',
    ].map((name) => [name, /^$/]),
  ),
  code: /^( class="language-(sql|sh|mermaid)")?$/,
  th: /^( align="right")?$/,
  td: /^( align="right")?$/,
  br: /^ \/$/,
  a: /^ href="https:\/\/(github\.com|portal\.azure\.com)\/[\w\-.~:/?#%&;=+]*"$/,
};

/** What of the HTML of a summary is none of ours: somebody's Markdown or HTML has taken effect. */
export function strangersIn(html: string): string[] {
  return [...html.matchAll(/<(\/?)([a-z0-9]+)((?:\s[^>]*)?)>/gi)]
    .filter(([, closing, name = '', attributes = '']) => {
      const rule = allowed[name];
      return rule === undefined || !(closing === '/' ? attributes === '' : rule.test(attributes));
    })
    .map(([tag]) => tag);
}
