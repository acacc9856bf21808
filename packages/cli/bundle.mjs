import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Puts the compiled command and the code of its worker threads into a few files, bundle: opening some
 * four hundred small ones takes longer than probing four LeNets (docs/decisions/bundle.md).
 */
const here = new URL('.', import.meta.url);
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', here), 'utf8'));
/** @type {(name: string) => boolean} */
const ours = name => name.startsWith('@nads/');

await build({
  absWorkingDir: fileURLToPath(here),
  entryPoints: ['dist/main.js', '../study/dist/node/worker.js'],
  entryNames: '[name]', // pools look for their workers beside themselves
  outdir: 'bundle',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: Object.keys(dependencies).filter(name => !ours(name)),
});
