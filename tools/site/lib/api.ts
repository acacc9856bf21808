import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Package } from '../../checks/lib/package.ts';
import type { Published } from '../../packages/lib/tarballs.ts';
import { run } from '../../packages/lib/run.ts';

/** Something that can be imported, and the file that it is written in. */
export interface DocumentedEntry {
  /** `@nads/runtime/node`. */
  readonly name: string;
  /** From the root of the repository. */
  readonly source: string;
}

/** What can be imported of packages that are published. */
export const documentedEntries = (packages: readonly Package[]): DocumentedEntry[] =>
  packages.flatMap(({ folder, manifest }) => {
    const { name, private: isPrivate, exports = {} } = manifest as Published;
    return Object.entries(exports).flatMap(([path, target]) => {
      const source = typeof target === 'string' ? undefined : target['@nads/source'];
      return isPrivate || source === undefined
        ? []
        : [{ name: name + path.slice(1), source: join(folder, source) }];
    });
  });

/**
 * Writes a page for each entry from the doc comments of what it exports.
 * @param here the folder where TypeDoc is installed. @param into is made
 */
export function writeApi(
  here: string,
  root: string,
  entries: readonly DocumentedEntry[],
  into: string,
): void {
  const options = {
    entryPoints: entries.map(({ source }) => join(root, source)),
    tsconfig: join(here, 'tsconfig.api.json'),
    plugin: ['typedoc-plugin-markdown', join(here, 'lib/entry-names.mjs')],
    out: into,
    readme: 'none',
    disableSources: true,
    skipErrorChecking: true, // the project's own compiler has checked them
    outputFileStrategy: 'modules',
    entryFileName: 'index',
    useHTMLAnchors: true,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    logLevel: 'Error',
    entryNames: Object.fromEntries(entries.map(({ name, source }) => [moduleName(source), name])),
  };
  const file = join(here, 'out/typedoc.json');
  writeFileSync(file, JSON.stringify(options));
  run(here, 'node', 'node_modules/typedoc/bin/typedoc', '--options', file);
}

/** What TypeDoc calls an entry. */
const moduleName = (source: string): string =>
  source.replace('packages/', '').replace(/(\/index)?\.ts$/, '');
