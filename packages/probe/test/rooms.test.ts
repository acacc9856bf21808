import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const source = resolve(import.meta.dirname, '../src');
const estimator = join(source, 'estimator');

/** In the order that data takes: each may import from those before it. */
const rooms = ['plan', 'draw', 'secants', 'accumulate', 'directions'];

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name));

/** The files of this package that a file imports; its types are none of what it does. */
const imports = (file: string, types = true): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)( type)? [^;]*? from '(\.[^']*)'/gm)]
    .filter(([, isType]) => types || !isType)
    .map(([, , path]) => resolve(file, '..', path.replace(/\.js$/, '.ts')));

test.each(rooms)(
  '%s imports nothing from the rooms behind it, nor from what they are joined into',
  room => {
    const allowed = rooms.slice(0, rooms.indexOf(room) + 1).map(name => join(estimator, name));
    allowed.push(join(source, 'not-finite'));
    for (const file of files(join(estimator, room)))
      for (const imported of imports(file)) {
        const isAllowed = allowed.some(folder => imported.startsWith(`${folder}/`));
        expect([relative(source, file), relative(source, imported), isAllowed]).toEqual([
          relative(source, file),
          relative(source, imported),
          true,
        ]);
      }
  },
);

test.each([
  ['estimator', true],
  ['', false],
])('no file of src/%s imports itself by way of others (types as well: %p)', (folder, types) => {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const way = [...path, file];
    expect(path.includes(file) ? way.map(name => relative(source, name)).join(' → ') : '').toBe('');
    if (done.has(file)) return;
    imports(file, types).forEach(imported => visit(imported, way));
    done.add(file);
  };
  files(join(source, folder)).forEach(file => visit(file, []));
});
