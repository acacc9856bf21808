import { spawnSync } from 'node:child_process';
import { BadInput } from '../lib/bad-input.ts';

/** The commit that a name stands for, in full. @throws BadInput where there is none */
export function findCommit(origin: string, name: string): string {
  const { status, stdout } = git(origin, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  if (status === 0) return stdout.trim();
  throw new BadInput(
    `there is no commit '${name}', and no folder of that name with results of 'npm run bench -- all --out FOLDER'`,
  );
}

/** @throws BadInput where files under version control are not those of a commit */
export function requireClean(origin: string): void {
  const changed = git(origin, 'status', '--porcelain', '--untracked-files=no').stdout.trim();
  if (changed === '') return;
  const [first, ...others] = changed.split('\n');
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  throw new BadInput(
    `no commit holds what was changed here (${first.trim()}${more}), so it would not be measured: commit or stash it first`,
  );
}

/** What makes two commits less comparable, in lines to read. */
export function differencesOf(origin: string, a: string, b: string): string[] {
  const differs = (...paths: readonly string[]): boolean =>
    git(origin, 'diff', '--quiet', a, b, '--', ...paths).status !== 0;
  const isInstalled = (commit: string): boolean =>
    git(origin, 'diff', '--quiet', commit, '--', 'package-lock.json').status === 0;
  return [
    ...(differs('benchmarks')
      ? ['the benchmarks themselves differ between the two: so may what they measure']
      : []),
    ...[a, b]
      .filter(commit => !isInstalled(commit))
      .map(
        commit =>
          `${commit.slice(0, 9)} has another package-lock.json: it runs with the packages that are installed here`,
      ),
  ];
}

const git = (cwd: string, ...words: readonly string[]) =>
  spawnSync('git', words, { cwd, encoding: 'utf8' });
