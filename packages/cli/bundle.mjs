import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { folderOf, foldersOf, neededBy, noticesOf } from './notices.mjs';
import { packed } from './packed.mjs';

/**
 * Puts the compiled command, the code of its worker threads and all that they load into a few files, bundle: opening some
 * four hundred small ones takes longer than probing four LeNets, and who installs the command needs nothing else
 * (docs/decisions/bundle.md).
 */
const here = new URL('.', import.meta.url);
const folder = fileURLToPath(here);
const served = fileURLToPath(new URL('bundle/viewer', here));
const bundle = fileURLToPath(new URL('bundle/', here));

/** What code written for CommonJS expects; it looks for files beside itself. */
const commonjs = [
  "import{createRequire as nodeRequire}from'node:module'",
  "import{dirname as nodeFolder}from'node:path'",
  "import{fileURLToPath as nodePath}from'node:url'",
  'const require=nodeRequire(import.meta.url)',
  'const __dirname=nodeFolder(nodePath(import.meta.url))',
].join(';');

rmSync(bundle, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: folder,
  metafile: true,
  entryPoints: ['dist/main.js', '../study/dist/node/worker.js'],
  entryNames: '[name]', // pools look for their workers beside themselves
  outdir: 'bundle',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  minifyWhitespace: true, // every thread reads all of it
  legalComments: 'linked',
  banner: { js: `${commonjs};` },
});

// TensorFlow.js looks for these beside its code
const tensorflow = dirname(
  createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'),
);
for (const kind of ['', '-simd', '-threaded-simd'])
  cpSync(
    join(tensorflow, 'wasm-out', `tfjs-backend-wasm${kind}.wasm`),
    join(bundle, `tfjs-backend-wasm${kind}.wasm`),
  );

// the page of `nads view`, where it was built
const page = fileURLToPath(new URL('../viewer/dist', here));
if (existsSync(page)) cpSync(page, served, { recursive: true });

// licences of what is in it, and of what the tarball and the page have besides
const inside = Object.keys(metafile.inputs).map(file => resolve(folder, file));
const beside = packed('').map(({ name }) => folderOf(name, join(folder, 'package.json')));
const shown = neededBy(fileURLToPath(new URL('../viewer', here)));
writeFileSync(
  join(bundle, 'THIRD-PARTY-NOTICES.txt'),
  noticesOf([...foldersOf(inside), ...beside, ...shown]),
);
