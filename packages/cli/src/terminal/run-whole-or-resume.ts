import type { Environment, Store } from '@nads/study';
import { nodeEnvironment } from '@nads/study/node';
import type { ProviderFlags } from '../commands/provider-option.js';
import { duration } from './progress.js';
import { runInFolder, type FolderCommand, type FolderFlags } from './run-in-folder.js';
import { speaker, warn } from './say.js';
import { watched } from './watched.js';

/** A study whose result is written when it is whole, and which goes on from a state that it keeps until then. */
export interface ResumableStudy<T> extends FolderCommand {
  readonly flags: FolderFlags & ProviderFlags & { readonly quiet?: boolean };
  readonly state: string;
  /** What is kept of it, with its article. */
  readonly what: string;
  readonly study: (environment: Environment & { readonly store: Store }) => Promise<T | undefined>;
  /** Writes and shows the result. */
  readonly finish: (store: Store, result: T) => Promise<void>;
}

/** Runs such a study in its folder. */
export const runWholeOrResume = <T>({
  study,
  finish,
  what,
  ...run
}: ResumableStudy<T>): Promise<void> =>
  runInFolder(run, async store => {
    const { out, quiet, provider } = run.flags;
    const { result } = await watched(quiet, watch =>
      study({ ...nodeEnvironment(provider), ...watch, store }),
    );
    if (result === undefined) {
      warn(interrupted(what, (await store.read(run.state)) !== undefined));
      return false;
    }
    await finish(store, result);
    speaker(quiet)(`${duration(performance.now() / 1000)}, written to ${out}`);
    return true;
  });

/** What an interruption leaves. */
const interrupted = (what: string, isKept: boolean): string =>
  isKept
    ? `interrupted; ${what} so far is kept; continue with --resume`
    : `interrupted before the first part of ${what} was done; nothing was written`;
