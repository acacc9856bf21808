import { cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Completes bundle for `npm pack`, so that the command installs from its tarball alone: the models that come with it, onnxruntime for
 * one platform (of the package for all of them five sixths would be for others), and files that packages read. `--undo` takes
 * them away again: in the repository they are where they come from (docs/decisions/bundle.md).
 *
 *   NADS_PLATFORM=darwin/arm64 npm pack -w @nads/cli      for another platform than this one's
 */
const bundle = fileURLToPath(new URL('bundle/', import.meta.url));
const models = fileURLToPath(new URL('../../models', import.meta.url));
const platform = process.env.NADS_PLATFORM ?? `${process.platform}/${process.arch}`;

/** What is copied of packages, and where to. */
const packages = [
  { name: 'onnxruntime-node', to: 'onnxruntime', parts: ['dist', `bin/napi-v6/${platform}`] },
  { name: 'onnxruntime-common', to: 'onnxruntime', parts: ['dist/cjs'] },
  { name: '@resvg/resvg-wasm', to: '', parts: ['index_bg.wasm'] },
  {
    name: 'dejavu-fonts-ttf',
    to: '',
    parts: ['LICENSE', 'ttf/DejaVuSans.ttf', 'ttf/DejaVuSans-Bold.ttf'],
  },
];

/**
 * The folder of an installed package.
 * @param {string} name
 */
function folderOf(name) {
  const require = createRequire(import.meta.url);
  const found = require.resolve
    .paths(name)
    ?.map(folder => join(folder, name))
    .find(folder => existsSync(join(folder, 'package.json')));
  if (!found) throw new Error(`${name} is not installed; run npm ci`);
  return found;
}

/**
 * Copies parts of a package, without maps and types.
 * @param {{ name: string, to: string, parts: string[] }} what
 */
function take({ name, to, parts }) {
  const from = folderOf(name);
  const target = join(bundle, to, 'node_modules', name);
  for (const part of ['package.json', ...parts]) {
    if (!existsSync(join(from, part))) throw new Error(`${name} has no ${part}`);
    cpSync(join(from, part), join(target, part), { recursive: true, filter: isNeeded });
  }
}

/** @type {(path: string) => boolean} */
const isNeeded = path => !/\.(map|d\.ts)$/.test(path);

function undo() {
  for (const folder of ['models', 'onnxruntime', 'node_modules'])
    rmSync(join(bundle, folder), { recursive: true, force: true });
}

function complete() {
  for (const file of ['main.js', 'viewer/index.html'])
    if (!existsSync(join(bundle, file)))
      throw new Error(`bundle/${file} is missing; run npm run build in the repository first`);
  cpSync(models, join(bundle, 'models'), { recursive: true });
  packages.forEach(take);
}

undo();
if (!process.argv.includes('--undo')) complete();
