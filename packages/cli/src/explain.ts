const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'it is a folder; give a file',
  ENOTDIR: 'part of the path is no folder',
  ENOSPC: 'the disk is full; free some space and go on with --resume',
  EDQUOT: 'the disk quota is used up; free some space and go on with --resume',
  EROFS: 'the disk is read-only; choose another --out',
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

/** The error with the name of what it happened to in front, unless it is there already. */
export function named(what: string, error: Error & { code?: string }): Error {
  const message = (error.code && remedies[error.code]) ?? error.message;
  return new Error(message.startsWith(what) ? message : `${what}: ${message}`, { cause: error });
}
