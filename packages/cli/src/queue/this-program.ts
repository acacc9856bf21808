import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { programHere, type Program } from '@nads/queue';
import { nodeRuntime } from '@nads/runtime/node';
import { version } from '../version.js';

/** What this process computes with: the version, the code that lies beside this, the runtime and the machine's arithmetic. */
export const thisProgram = (): Promise<Program> =>
  programHere(`${version} (build ${build(new URL('.', import.meta.url))})`, nodeRuntime);

/** A fingerprint of the code in a folder: one version has several builds while it is worked on. */
function build(folder: URL): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).toSorted())
    if (name.endsWith('.js')) hash.update(readFileSync(new URL(name, folder)));
  return hash.digest('hex').slice(0, 8);
}
