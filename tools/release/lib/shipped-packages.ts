import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../../checks/lib/package.ts';

/** A package of others that reaches those who install ours. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json has it, or as licences.json states it. */
  readonly licence: string | undefined;
}

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** What licences.json says. */
export interface Licences {
  readonly allowed: readonly string[];
  /** Licences of packages that do not name theirs in the usual way. */
  readonly stated: Readonly<Record<string, string>>;
}

export const licencesOf = (root: string): Licences =>
  readJson(join(root, 'licences.json')) as Licences;

/**
 * All dependencies of packages as they are locked, and what the bundle of the command holds, in order of their names.
 * @throws where the command is not bundled
 */
export function shippedPackages(root: string): ShippedPackage[] {
  const { stated } = licencesOf(root);
  const { packages } = readJson(join(root, 'package-lock.json')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  const bundled = bundledTitles(root);
  const found = Object.entries(packages).flatMap(([path, { version, license, dev, link }]) => {
    const name = /.*node_modules\/(.*)/.exec(path)?.[1];
    if (name === undefined || link || (dev && !bundled.has(`${name} ${version}`))) return [];
    return [[`${name} ${version}`, { name, version, licence: stated[name] ?? license }] as const];
  });
  return [...new Map(found)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** `NAME VERSION` of what the bundle holds, by its notices. */
function bundledTitles(root: string): Set<string> {
  const file = join(root, 'packages/cli/bundle/THIRD-PARTY-NOTICES.txt');
  if (!existsSync(file)) throw new Error(`${file} is not there; run npm run build`);
  const titles = readFileSync(file, 'utf8').matchAll(/^-{80}\n\n(\S+ \d\S*), /gm);
  return new Set(Array.from(titles, ([, title]) => title));
}
