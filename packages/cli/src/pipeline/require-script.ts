import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '@nads/pipeline';

/** @param root folder of the experiment. @throws where the script of a stage is not there, or in a language that this Node does not read */
export function requireScript({ name, script }: Stage, root: string): void {
  if (script === undefined) return;
  if (!existsSync(join(root, script)))
    throw new Error(`stage '${name}': ${script} is not there; paths begin at ${root}`);
  const readsTypeScript = 'typescript' in process.features || process.execArgv.includes('--import');
  if (/\.[mc]?ts$/.test(script) && !readsTypeScript)
    throw new Error(
      `stage '${name}': ${script} is TypeScript, which Node ${process.versions.node} does not read; use Node 22.18 or newer, or node --import with a module that loads it`,
    );
}
