import type { Tarball } from './tarballs.ts';

/** What can be imported of a package: `@nads/runtime`, `@nads/runtime/node` … */
export const entries = ({ name, manifest: { exports = {} } }: Tarball): string[] =>
  Object.keys(exports)
    .filter(path => !path.includes('*'))
    .map(path => name + path.slice(1));
