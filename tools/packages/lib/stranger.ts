import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { siblings, type Tarball } from './tarballs.ts';
import { run } from './run.ts';

/**
 * An empty project into which one tarball is installed by itself. The packages that it needs of this repository are tarballs, too, and stand
 * among the dependencies of the project.
 */
export function installed(folder: string, tarball: Tarball, all: readonly Tarball[]): void {
  mkdirSync(folder, { recursive: true });
  const files = [tarball, ...siblings(tarball, all)].map(({ name, file }) => [
    name,
    `file:${file}`,
  ]);
  const manifest = {
    name: 'stranger',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(files),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  run(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
}

/**
 * Puts packages into a project that the repository has, in place of others that npm put there: what need not be fetched again, and for
 * types of Node those of the oldest version we support, since newer ones do not pass older compilers.
 */
export function borrow(folder: string, root: string, ...names: readonly string[]): void {
  for (const name of names) {
    const place = join(folder, 'node_modules', name);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), place);
  }
}

/** MB of 2²⁰ bytes on disk. */
export const megabytes = (folder: string): number =>
  Number(run('/', 'du', '-sm', folder).split('\t')[0]);
