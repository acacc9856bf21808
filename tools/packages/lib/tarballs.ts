import { join } from 'node:path';
import { packagesOf, readJson, type Manifest, type Package } from '../../checks/lib/package.ts';
import { run } from './run.ts';

/** A package as it would be published. */
export interface Tarball {
  readonly name: string;
  readonly manifest: Published;
  /** The packed file. */
  readonly file: string;
  /** Bytes of it, and of what it holds. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

/** The parts of package.json that those who install it see. */
export interface Published extends Manifest {
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs every package that is not private into a folder, as `npm publish` would. */
export const tarballs = (root: string, into: string): Tarball[] =>
  packagesOf(root)
    .filter(({ manifest }) => !(manifest as Published).private)
    .map(given => pack(root, given, into));

function pack(root: string, { folder, manifest }: Package, into: string): Tarball {
  const printed = run(join(root, folder), 'npm', 'pack', '--json', '--pack-destination', into);
  const answer = JSON.parse(printed.slice(printed.search(/^[[{]/mu))) as
    readonly Packed[] | Readonly<Record<string, Packed>>;
  const [{ filename, size, unpackedSize, files }] = Object.values(answer);
  return {
    name: manifest.name,
    manifest: readJson(join(root, folder, 'package.json')) as Published,
    file: join(into, filename),
    size,
    unpackedSize,
    files: files.map(({ path }) => path),
  };
}

/** The packages of this repository that one needs, itself left out. */
export function siblings({ manifest }: Tarball, all: readonly Tarball[]): Tarball[] {
  const direct = all.filter(({ name }) => manifest.dependencies?.[name] !== undefined);
  return [...new Set(direct.flatMap(one => [one, ...siblings(one, all)]))];
}
