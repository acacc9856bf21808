import { spawnSync } from 'node:child_process';

/** What code a folder holds. */
export interface Commit {
  /** In full; null where it is not under version control. */
  readonly commit: string | null;
  /** Whether files under version control differ from it. */
  readonly modified: boolean;
}

/** The commit that is checked out in a folder. */
export function commitIn(folder: string): Commit {
  const git = (...words: readonly string[]) =>
    spawnSync('git', words, { cwd: folder, encoding: 'utf8' });
  const head = git('rev-parse', 'HEAD');
  if (head.status !== 0) return { commit: null, modified: false };
  const changes = git('status', '--porcelain', '--untracked-files=no');
  return { commit: head.stdout.trim(), modified: changes.stdout !== '' };
}
