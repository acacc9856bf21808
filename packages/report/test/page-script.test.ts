import { runInNewContext } from 'node:vm';
import { pageScript } from '../src/html/page-script.js';

/** A button of a page without a browser. */
function button(dataset: Readonly<Record<string, string>>, closest: unknown) {
  const listeners: (() => unknown)[] = [];
  return {
    hidden: true,
    dataset,
    textContent: '',
    closest: () => closest,
    addEventListener: (_: string, listener: () => unknown) => listeners.push(listener),
    click: async () => {
      for (const listener of listeners) await listener();
    },
  };
}

const row = (...cells: string[]) => ({ cells: cells.map(textContent => ({ textContent })) });
const table = {
  rows: [row('', 'a, b', 'c'), row('=1+1', '0.5\u00a0± 0.1', '-'), row('say "x"', '-1e-3', '-inf')],
};

test('a table is copied as CSV that no spreadsheet computes, and buttons appear', async () => {
  const copied: string[] = [];
  const copy = button({ copy: '' }, table);
  runInNewContext(pageScript, {
    document: { querySelectorAll: () => [copy] },
    navigator: { clipboard: { writeText: async (text: string) => copied.push(text) } },
  });
  expect(copy.hidden).toBe(false);
  await copy.click();
  expect(copied).toEqual([',"a, b",c\n\'=1+1,0.5 ± 0.1,\n"say ""x""",-1e-3,-inf\n']);
  expect(copy.textContent).toBe('Copied');
});

test('where a page may not copy, the table is selected', async () => {
  const selected: unknown[] = [];
  const copy = button({ copy: '' }, table);
  runInNewContext(pageScript, {
    document: { querySelectorAll: () => [copy] },
    navigator: {},
    getSelection: () => ({ selectAllChildren: (element: unknown) => selected.push(element) }),
  });
  await copy.click();
  expect(selected).toEqual([table]);
});

test('a figure is saved as an SVG file of its name', async () => {
  const link = { href: '', download: '', click: () => {} };
  const save = button({ save: 'spectrum.svg' }, { querySelector: () => 'the svg' });
  const saved: unknown[] = [];
  runInNewContext(pageScript, {
    document: { querySelectorAll: () => [save], createElement: () => link },
    XMLSerializer: class {
      serializeToString = (svg: string) => `<${svg}>`;
    },
    Blob: function (parts: unknown[], options: unknown) {
      saved.push(...parts, options);
    },
    URL: { createObjectURL: () => 'blob:1' },
  });
  await save.click();
  expect(saved).toEqual(['<the svg>', { type: 'image/svg+xml' }]);
  expect(link).toMatchObject({ href: 'blob:1', download: 'spectrum.svg' });
});
