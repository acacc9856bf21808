import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const nads = fileURLToPath(new URL('../../../packages/cli/bin/nads.js', import.meta.url));

/** What `nads` with these arguments prints. @throws where it fails, with what it said. */
export function callNads(...options: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [nads, ...options], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
