import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * `@nads/pipeline/node` from its sources: Nx asks before anything is built.
 * @param {string} workspaceRoot
 * @returns {Promise<typeof import('@nads/pipeline/node')>}
 */
export async function pipeline(workspaceRoot) {
  const { outputFiles } = await build({
    entryPoints: [join(workspaceRoot, 'packages/pipeline/src/node/index.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
}
