import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test file, and a way to take it away. */
export function temporaryFolder(): { path: (...parts: string[]) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'nads-'));
  return {
    path: (...parts) => join(folder, ...parts),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
