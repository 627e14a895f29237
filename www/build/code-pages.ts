/** The site's pages on reason codes: what each means, in both languages, without a script. */

import { readFileSync } from 'node:fs';

import type { Plugin } from 'vite';

interface Code {
  readonly code: string;
  readonly link: string;
  readonly meaning: { readonly en: string; readonly ja: string };
}

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 44rem; padding: 32px 16px 64px; background: light-dark(#F3F5F8, #0C0F14); color: light-dark(#141A24, #E9EDF3); font: 400 15px/24px Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP", sans-serif; }
a { color: inherit; text-underline-offset: 2px; }
nav { font-size: 13px; }
h1 { font: 600 22px/30px ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
code { font: 400 14px/24px ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
section { margin: 16px 0; padding: 12px 16px; border: 1px solid light-dark(#DDE2E9, #2A323D); border-radius: 8px; background: light-dark(#FFFFFF, #12161C); }
section p { margin: 4px 0; }
h2 { margin: 0; font-size: 13px; font-weight: 500; color: light-dark(#434D5E, #B4BDCA); }
dt { margin-top: 16px; }
dd { margin: 2px 0; }
`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** With what stands between backticks as code. */
const prose = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="codes.css">
</head>
<body>
${body}
</body>
</html>
`;

const codePage = ({ code, link, meaning }: Code): string =>
  page(
    `${code} · vpcreach`,
    `<nav><a href="../index.html">vpcreach</a> · <a href="index.html">Reason codes</a></nav>
<main>
<h1>${code}</h1>
<section><h2>Meaning</h2><p>${prose(meaning.en)}</p></section>
<section lang="ja"><h2>意味</h2><p>${prose(meaning.ja)}</p></section>
<p><a href="${escaped(link)}" rel="noreferrer">AWS documentation</a></p>
</main>`,
  );

const listPage = (codes: readonly Code[]): string =>
  page(
    'Reason codes · vpcreach',
    `<nav><a href="../index.html">vpcreach</a></nav>
<main>
<h1>Reason codes</h1>
<p>Why traffic does not arrive. The names are those of AWS Reachability Analyzer wherever it has one for the same thing.</p>
<p lang="ja">トラフィックが到達しない理由です。AWS Reachability Analyzer に同じ意味の名前がある場合は、その名前を使います。</p>
<dl>
${codes.map(({ code, meaning }) => `<dt><a href="${code}.html"><code>${code}</code></a></dt><dd>${prose(meaning.en)}</dd><dd lang="ja">${prose(meaning.ja)}</dd>`).join('\n')}
</dl>
</main>`,
  );

/** `codes/CODE.html` for each code, and a list of all. */
export function codePages(): Plugin {
  const file = new URL('codes.json', import.meta.url);
  return {
    name: 'code-pages',
    apply: 'build',
    buildStart() {
      const codes = JSON.parse(readFileSync(file, 'utf8')) as Code[];
      const emit = (fileName: string, source: string): void => void this.emitFile({ type: 'asset', fileName, source });
      emit('codes/codes.css', STYLE);
      emit('codes/index.html', listPage(codes));
      for (const code of codes) emit(`codes/${code.code}.html`, codePage(code));
    },
  };
}
