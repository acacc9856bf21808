import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents } from '../contents.ts';
import type { DocumentedEntry } from './api.ts';
import { sitePath } from './stage-pages.ts';

interface Item {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly Item[];
}

/** VitePress's configuration, but for what JSON cannot hold: navigation, and search without a server. */
export function siteConfig(
  root: string,
  pages: readonly string[],
  entries: readonly DocumentedEntry[],
  site: string,
): object {
  const link = (file: string): string => `/${sitePath(file).replace(/(index)?\.md$/, '')}`;
  const titled = (file: string): Item => ({ text: titleOf(join(root, file)), link: link(file) });
  const found = (text: string, pattern: RegExp): Item => ({
    text,
    collapsed: true,
    items: pages.filter(page => pattern.test(page)).map(titled),
  });
  const listed = contents.map(({ text, entries: lines }) => ({
    text,
    items: lines.map(entry => ({ text: entry.text, link: link(entry.file) })),
  }));
  const api = {
    text: 'API',
    collapsed: true,
    items: entries.map(({ name }) => ({ text: name, link: `/api/${name}` })),
  };
  return {
    title: 'nads',
    description: 'Which input directions a neural network prefers, for any ONNX file',
    outDir: site,
    cacheDir: join(site, '../cache'),
    markdown: { attrs: { disable: true } }, // {n} in text is text
    vite: { logLevel: 'error' },
    themeConfig: {
      search: { provider: 'local' },
      outline: [2, 3],
      nav: [
        { text: 'Five minutes', link: '/start' },
        { text: 'Reproductions', link: '/reproduction' },
        { text: 'Benchmarks', link: '/benchmarks' },
        { text: 'API', link: '/api/' },
      ],
      sidebar: [
        ...listed,
        found('Packages', /^packages\//),
        found('Decisions', /^docs\/decisions\//),
        api,
      ],
    },
  };
}

function titleOf(file: string): string {
  const [, title] = /^# (.*)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  if (title === undefined) throw new Error(`${file}: has no title`);
  return title.replaceAll('`', '');
}
