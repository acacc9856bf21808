import { named } from '../named-error.js';

const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'this is a folder; give a file',
  ENOTDIR: 'part of the path is not a folder',
  EEXIST: 'a file of that name already exists',
  ENOSPC: 'the disk is full; free some space and try again',
  EDQUOT: 'the disk quota is used up; free some space and try again',
  EROFS: 'the disk is read-only; write somewhere else',
  ELOOP: 'this is a link; give a file',
  EMFILE: 'too many open files',
};

/** Runs something that touches a file; its failure names the file and what to do. */
export function explainFile<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code } = error as Error & { readonly code?: string };
    const remedy = code === undefined ? undefined : remedies[code];
    throw named(
      file,
      remedy === undefined ? (error as Error) : new Error(remedy, { cause: error }),
    );
  }
}
