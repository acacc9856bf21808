import { existsSync, statSync } from 'node:fs';

/** Whether there is something of this name that may be read as a file; folders, as those for results, may be called as a model is. */
export const isThere = (path: string): boolean => existsSync(path) && !statSync(path).isDirectory();
