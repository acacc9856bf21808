import { runtimeMessage } from './runtime-message.js';

const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'it is a folder; give a file',
  ENOTDIR: 'part of the path is no folder',
  EEXIST: 'something else of that name is in the way',
  ENOSPC: 'the disk is full; free some space and try again (nads estimate goes on with --resume)',
  EDQUOT:
    'the disk quota is used up; free some space and try again (nads estimate goes on with --resume)',
  EROFS: 'the disk is read-only; write somewhere else',
  EMFILE: 'too many open files',
};

/** Runs something that touches a file; its failure names the file and what to do. */
export function explain<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw named(what, error as Error);
  }
}

/** As `explain`, for what takes its time. */
export async function explainLater<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw named(what, error as Error);
  }
}

/** The error with the name of what it happened to in front, unless it is there already. */
export function named(what: string, error: Error & { code?: string }): Error {
  const message = (error.code && remedies[error.code]) ?? messageOf(error);
  return new Error(message.startsWith(what) ? message : `${what}: ${message}`, { cause: error });
}

function messageOf(error: Error): string {
  if (error instanceof RangeError && /array (buffer|length)|ArrayBuffer/i.test(error.message))
    return 'this takes more memory than there is; choose a smaller --basis, --size or --batch';
  return runtimeMessage(error.message.replace(/^linalg: /, ''));
}
