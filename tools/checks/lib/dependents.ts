import { join } from 'node:path';
import { importsOf } from './imports.ts';
import { packagesOf, type Package } from './package.ts';

/** Names of packages that need one another, each with itself. */
export interface Dependents {
  /** Those that import it, directly or not. */
  readonly byImport: readonly string[];
  /** Those that say in package.json that they need it, directly or not. */
  readonly byDeclaration: readonly string[];
}

/** Who needs a package, for its tests or otherwise. @param root of the repository. */
export function dependentsOf(root: string, name: string): Dependents {
  const imported: Needs = ({ folder }) => importsOf(join(root, folder)).all;
  const packages = packagesOf(root);
  return {
    byImport: closure(packages, name, imported),
    byDeclaration: closure(packages, name, declared),
  };
}

/** Names of what a package needs. */
type Needs = (given: Package) => Iterable<string>;

const declared: Needs = ({ manifest }) =>
  Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
  });

function closure(packages: readonly Package[], name: string, needs: Needs): string[] {
  const found = new Set([name]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const given of packages)
      if ([...needs(given)].some(other => found.has(other))) found.add(given.manifest.name);
  }
  return [...found];
}
