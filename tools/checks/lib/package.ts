import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of this repository. */
export interface Package {
  /** Its folder, from the root of the repository: packages/NAME. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The parts of package.json that matter here. */
export interface Manifest {
  readonly name: string;
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** @param root of the repository. */
export const packagesOf = (root: string): Package[] =>
  readdirSync(join(root, 'packages'))
    .map(name => `packages/${name}`)
    .filter(folder => existsSync(join(root, folder, 'package.json')))
    .map(folder => ({
      folder,
      manifest: readJson(join(root, folder, 'package.json')) as Manifest,
    }));

/** What a file of JSON holds. */
export const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
