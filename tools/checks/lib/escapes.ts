import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Clone } from './clone.ts';
import { packagesOf, type Package } from './package.ts';
import type { Row } from './row.ts';

/** Paths in sources and tests that lead out of a package must lead to something that its tests have among their inputs. */
export function* escapes(clone: Clone): Generator<Row> {
  for (const given of packagesOf(clone.folder)) {
    const paths = outside(clone, given);
    if (paths.length === 0) continue;
    const inputs = inputsOf(clone, `${given.manifest.name}:test`);
    for (const path of paths) yield row(given, path, inputs);
  }
}

function row({ folder, manifest }: Package, path: string, inputs: readonly string[]): Row {
  const known = inputs.some(file => file === path || file.startsWith(path));
  return {
    what: `${folder} reads ${path}`,
    seen: known ? 'is an input' : 'is not an input',
    problem: known ? '' : `list it for ${manifest.name}:test`,
  };
}

/** What relative paths in a package's files lead to elsewhere, up to where a path is put together from variables. */
function outside(clone: Clone, { folder }: Package): string[] {
  const files = clone.files.filter(
    file => file.startsWith(`${folder}/`) && /\.[cm]?[jt]s$/.test(file),
  );
  return [...new Set(files.flatMap(file => pathsIn(clone, file)))].filter(
    path => !path.startsWith(`${folder}/`) && !/^packages\/[^/]+\/dist\//.test(path),
  );
}

/** As in `new URL('../file', import.meta.url)`; a module that is imported is an edge between packages. */
const relative = /(?<!from )['"`]((?:\.\.\/)+[^'"`$\s]*)/g;

const pathsIn = (clone: Clone, file: string): string[] =>
  [...readFileSync(join(clone.folder, file), 'utf8').matchAll(relative)].map(([, path]) =>
    normalize(join(startOf(clone, file), path)),
  );

/** The folder that relative paths start from: sources that are bundled run elsewhere. */
function startOf(clone: Clone, file: string): string {
  const [packages, name, part] = file.split('/');
  const isBundled = part === 'src' && clone.files.includes(`${packages}/${name}/bundle.mjs`);
  return isBundled ? `${packages}/${name}/bundle` : dirname(file);
}

const inputsOf = (clone: Clone, task: string): readonly string[] => {
  const { output } = clone.nx(['show', 'target', 'inputs', task, '--json']);
  const { files } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)) as {
    files: string[];
  };
  return files;
};
