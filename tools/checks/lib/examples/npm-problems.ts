import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, type Manifest } from '../package.ts';

/** Where the first argument of a script is a file or folder of the repository. */
const places: Readonly<Record<string, (name: string) => string>> = {
  script: file => file,
  experiment: folder => `${folder}/experiment.json`,
  bench: name => `benchmarks/${['all', 'compare'].includes(name) ? `${name}/` : ''}${name}.ts`,
};

/** Uses of `npm run` on a page whose script, or what it is to run, is not there. */
export function npmProblems(root: string, page: string, text: string): string[] {
  const { scripts = {} } = readJson(join(root, 'package.json')) as Manifest;
  return Array.from(text.matchAll(/npm run(?: -s)? ([\w:-]+)([^\n`#]*)/g)).flatMap(
    ([whole, name, rest]) => {
      const [, workspace] = /^ -w @nads\/(\S+)/.exec(rest) ?? [];
      const known = workspace === undefined ? scripts : scriptsOf(root, workspace);
      if (known[name] === undefined && /[a-z]/.test(name))
        return [`${page}: there is no script of '${whole.trim()}'`];
      const [, argument] = /^ -- ([\w./-]+)/.exec(rest) ?? [];
      const place = argument && /^[a-z]/.test(argument) ? places[name]?.(argument) : undefined;
      const missing =
        place !== undefined && !/\b[A-Z]+\b/.test(place) && !existsSync(join(root, place));
      return missing ? [`${page}: '${whole.trim()}' names ${place}, which is not there`] : [];
    },
  );
}

const scriptsOf = (root: string, workspace: string): Readonly<Record<string, string>> =>
  (readJson(join(root, 'packages', workspace, 'package.json')) as Manifest).scripts ?? {};
