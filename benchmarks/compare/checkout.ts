import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from '../lib/run-command.ts';

/** A commit in a folder of its own. */
export interface CheckoutOptions {
  /** The repository, with what `npm ci` installs. */
  readonly origin: string;
  /** In full. */
  readonly commit: string;
  /** Where it goes; not there yet. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Checks a commit out as a further worktree, links the packages that are installed in the repository, and builds it.
 * @throws where it does not build; the signal's reason
 */
export async function checkOut({ origin, commit, folder, signal }: CheckoutOptions): Promise<void> {
  await runCommand(['git', 'worktree', 'add', '--quiet', '--detach', folder, commit], {
    folder: origin,
    signal,
  });
  linkInstalled(origin, folder);
  await runCommand(['npm', 'run', '--silent', 'build'], { folder, signal });
}

/** Removes what `checkOut` made, as far as it came. */
export function removeCheckout(origin: string, folder: string): void {
  if (!existsSync(folder)) return;
  spawnSync('git', ['worktree', 'remove', '--force', folder], { cwd: origin });
  rmSync(folder, { recursive: true, force: true }); // what git has not removed; links are not followed
}

/**
 * Installed packages one by one: a link to the folder of all would make the packages of the repository, which lie there as links, those of
 * the commit.
 */
function linkInstalled(origin: string, folder: string): void {
  const own = packagesIn(folder);
  const scopes = new Set([...own.keys()].map(scopeOf));
  for (const name of installedIn(join(origin, 'node_modules'), scopes))
    if (!own.has(name))
      link(join(origin, 'node_modules', name), join(folder, 'node_modules', name));
  for (const [name, place] of own) {
    link(join(folder, place), join(folder, 'node_modules', name));
    const nested = join(origin, place, 'node_modules');
    if (existsSync(nested)) link(nested, join(folder, place, 'node_modules'));
  }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

const scopeOf = (name: string): string => name.split('/')[0];

/** Entries of a folder of packages, those of given scopes one by one; caches that tools keep there are left out. */
function installedIn(modules: string, scopes: ReadonlySet<string>): string[] {
  if (!existsSync(modules)) return [];
  return readdirSync(modules)
    .filter(name => !name.startsWith('.') || name === '.bin')
    .flatMap(name =>
      scopes.has(name) ? readdirSync(join(modules, name)).map(one => `${name}/${one}`) : [name],
    );
}

/** Folders of a repository's own packages by their names. */
function packagesIn(folder: string): Map<string, string> {
  const parent = join(folder, 'packages');
  if (!existsSync(parent)) return new Map();
  const places = readdirSync(parent).map(name => join('packages', name));
  return new Map(
    places
      .map(place => ({ place, file: join(folder, place, 'package.json') }))
      .filter(({ file }) => existsSync(file))
      .map(({ place, file }) => [
        (JSON.parse(readFileSync(file, 'utf8')) as { name: string }).name,
        place,
      ]),
  );
}
