import { readFileSync, statSync } from 'node:fs';
import { explainFile } from './explain-file.js';
import { requireJsonSize } from './require-json-size.js';

/** The contents of a file; undefined where there is none. @throws where it is a folder, or a pipe or device, which may never end */
export const readIfThere = (file: string): Buffer | undefined =>
  explainFile(file, () => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return undefined;
    if (!found.isFile()) throw new Error('this is not a plain file; remove it');
    requireJsonSize(file, found.size);
    return readFileSync(file);
  });
