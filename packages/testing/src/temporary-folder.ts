import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test file. */
export interface TemporaryFolder {
  /** A path in it. */
  readonly path: (...parts: string[]) => string;
  /** Takes it away. */
  readonly remove: () => void;
}

/** Makes a folder of its own. */
export function temporaryFolder(): TemporaryFolder {
  const folder = mkdtempSync(join(tmpdir(), 'nads-'));
  return {
    path: (...parts) => join(folder, ...parts),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
