import { readdirSync, readFileSync } from 'node:fs';

const source = new URL('../src/', import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(file =>
  file.endsWith('.ts'),
);

const relative = (url: URL): string => url.href.slice(source.href.length);

/** Files that a file imports, values and types. */
const imports = new Map(
  files.map(file => {
    const url = new URL(file, source);
    const found = readFileSync(url, 'utf8').matchAll(/ from '(\.[^']+)\.js'/g);
    return [file, [...found].map(([, path]) => relative(new URL(`${path}.ts`, url)))] as const;
  }),
);

/** Folders from the bottom up: what is in one may import what is in it and below. */
const layers = [
  'wire',
  'shapes',
  'algebra',
  'formulas',
  'upgrades',
  'symmetry',
  'coupling',
  'layers',
  'families',
  'operators',
  'gradient',
];

const folderOf = (file: string): string => (file.includes('/') ? file.split('/')[0] : '');

test('no file imports itself by way of others, not even for types', () => {
  const [done, open] = [new Set<string>(), new Set<string>()];
  const visit = (file: string): void => {
    expect(open).not.toContain(file);
    if (done.has(file)) return;
    open.add(file);
    for (const next of imports.get(file)!) visit(next);
    open.delete(file);
    done.add(file);
  };
  for (const file of files) visit(file);
  expect(done.size).toBe(files.length);
});

test.each(layers)('the files in %s import nothing from above', folder => {
  const above = layers.slice(layers.indexOf(folder) + 1);
  const wrong = files
    .filter(file => folderOf(file) === folder)
    .flatMap(file =>
      imports
        .get(file)!
        .filter(path => above.includes(folderOf(path)))
        .map(path => `${file} → ${path}`),
    );
  expect(wrong).toEqual([]);
});
