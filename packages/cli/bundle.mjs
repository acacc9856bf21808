import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Puts the compiled command and the code of its worker threads into a few files, bundle: opening some
 * four hundred small ones takes longer than probing four LeNets (docs/decisions/bundle.md).
 */
const here = new URL('.', import.meta.url);
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', here), 'utf8'));
/** What most commands load at once, in up to a hundred files each; runtimes and rarer packages stay outside. */
const bundled = ['@noble/hashes', 'papaparse', 'protobufjs', 'zod'];
/** @type {(name: string) => boolean} */
const inside = name => name.startsWith('@nads/') || bundled.includes(name);

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
  minifyWhitespace: true, // every thread reads all of it
  external: Object.keys(dependencies).filter(name => !inside(name)),
});

// the page of `nads view`, where it was built
const [built, served] = ['../viewer/dist', 'bundle/viewer'].map(path => new URL(path, here));
rmSync(served, { recursive: true, force: true });
if (existsSync(built)) cpSync(built, served, { recursive: true });
