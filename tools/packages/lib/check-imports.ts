import { entries } from './entries.ts';
import { run } from './run.ts';
import type { Tarball } from './tarballs.ts';

/** Loads every entry of an installed package with `import` and with `require`, without any package that is optional. */
export function checkImports(folder: string, tarball: Tarball): void {
  const names = JSON.stringify(entries(tarball));
  const esm = `for (const name of ${names}) await import(name);`;
  const cjs = `for (const name of ${names}) require(name);`;
  run(folder, 'node', '--input-type=module', '-e', esm);
  run(folder, 'node', '--input-type=commonjs', '-e', cjs);
}

/** Where a model is run natively without onnxruntime-node, what to install is said. */
export function checkMissingRuntime(folder: string): void {
  const said = run(
    folder,
    'node',
    '--input-type=module',
    '-e',
    `import { nodeRuntime } from '@nads/runtime/node';
    await nodeRuntime.createSession(new Uint8Array()).catch(error => console.log(error.message));`,
  );
  if (!said.includes('npm install onnxruntime-node'))
    throw new Error(`without onnxruntime-node it says: ${said}`);
}
