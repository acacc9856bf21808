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

/** A document with one button, and no table to sort. */
const only = (one: unknown) => (selector: string) => (selector === 'button' ? [one] : []);

const row = (...cells: string[]) => ({ cells: cells.map(textContent => ({ textContent })) });
const table = {
  rows: [row('', 'a, b', 'c'), row('=1+1', '0.5\u00a0± 0.1', '-'), row('say "x"', '-1e-3', '-inf')],
};

test('a table is copied as CSV that no spreadsheet computes, and buttons appear', async () => {
  const copied: string[] = [];
  const copy = button({ copy: '' }, table);
  runInNewContext(pageScript, {
    document: { querySelectorAll: only(copy) },
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
    document: { querySelectorAll: only(copy) },
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
    document: { querySelectorAll: only(save), createElement: () => link },
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

test('a table is sorted by a column: largest first, then the other way round, unknown ones last', async () => {
  const rows = [
    ['a', '0.5 ± 0.1'],
    ['b', '-'],
    ['c', '−2'],
    ['d', '10'],
    ['e', 'word'],
  ].map(cells => row(...cells));
  const body = { rows, append: (...sorted: typeof rows) => body.rows.splice(0, 5, ...sorted) };
  const attributes = new Map<string, string>();
  const head = {
    cellIndex: 1,
    childNodes: [],
    parentElement: { cells: [] as unknown[] },
    append: () => {},
    closest: () => ({ tBodies: [body] }),
    getAttribute: (name: string) => attributes.get(name),
    setAttribute: (name: string, value: string) => attributes.set(name, value),
  };
  const made = { ...button({}, undefined), append: () => {}, parentElement: head };
  runInNewContext(pageScript, {
    document: {
      createElement: () => made,
      querySelectorAll: (selector: string) => (selector === 'button' ? [made] : [head]),
    },
  });
  const order = () => body.rows.map(({ cells: [{ textContent }] }) => textContent).join('');
  await made.click();
  expect([order(), attributes.get('aria-sort')]).toEqual(['daceb', 'descending']);
  await made.click();
  expect([order(), attributes.get('aria-sort')]).toEqual(['cadeb', 'ascending']);
});
