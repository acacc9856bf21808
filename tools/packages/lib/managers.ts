import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tarball } from './tarballs.ts';
import { run } from './run.ts';

/** A package manager: what npm has it as, and how a stranger's project with tarballs looks to it. */
export interface Manager {
  readonly name: string;
  /** What npm installs, and the program in it. */
  readonly source: string;
  readonly program: string;
  readonly install: readonly string[];
  /** Runs a command with the packages of the project. */
  readonly node: readonly string[];
  /** What it calls the setting that takes packages which are needed by others from somewhere else. */
  readonly setting: (files: Readonly<Record<string, string>>) => object;
}

const npm = (version: string): Manager => ({
  name: `npm ${version}`,
  source: `npm@${version}`,
  program: 'npm/bin/npm-cli.js',
  install: ['install', '--no-audit', '--no-fund', '--loglevel=error'],
  node: [],
  setting: () => ({}),
});

/** The newest of each generation when this was written. */
export const managers: readonly Manager[] = [
  npm('10.9.9'),
  npm('11.21.2'),
  npm('12.2.2'),
  {
    name: 'pnpm 10.34.8',
    source: 'pnpm@10.34.8',
    program: 'pnpm/bin/pnpm.cjs',
    install: ['install', '--no-frozen-lockfile'],
    node: [],
    setting: overrides => ({ pnpm: { overrides } }),
  },
  {
    name: 'yarn 1.22.22',
    source: 'yarn@1.22.22',
    program: 'yarn/bin/yarn.js',
    install: ['install', '--non-interactive'],
    node: [],
    setting: resolutions => ({ resolutions }),
  },
  {
    name: 'yarn 4.18.1',
    source: '@yarnpkg/cli-dist@4.18.1',
    program: '@yarnpkg/cli-dist/bin/yarn.js',
    install: ['install'],
    node: ['node'],
    setting: resolutions => ({ resolutions }),
  },
];

/** Fetches a manager itself. @returns its program */
export function fetched(place: string, { source, program }: Manager): string {
  const folder = join(place, 'fetched', source.replaceAll(/[/@]/g, '-'));
  mkdirSync(folder, { recursive: true });
  run(
    place,
    'npm',
    'install',
    '--prefix',
    folder,
    '--prefer-offline',
    '--no-audit',
    '--ignore-scripts',
    source,
  );
  return join(folder, 'node_modules', program);
}

/** An empty project that depends on tarballs, for a manager. */
export function emptyProject(folder: string, all: readonly Tarball[], { setting }: Manager): void {
  mkdirSync(folder);
  const files = Object.fromEntries(all.map(({ name, file }) => [name, `file:${file}`]));
  const manifest = {
    name: 'stranger',
    version: '1.0.0',
    private: true,
    type: 'module',
    dependencies: files,
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, ...setting(files) }));
  writeFileSync(join(folder, 'yarn.lock'), ''); // else yarn looks for a project above
}
