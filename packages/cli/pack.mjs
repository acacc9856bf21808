import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderOf } from './notices.mjs';
import { packed } from './packed.mjs';

/**
 * Completes bundle for `npm pack`, so that the command installs from its tarball alone: the models that come with it, onnxruntime for
 * one platform (of the package for all of them five sixths would be for others), and files that packages read. `--undo` takes
 * them away again: in the repository they are where they come from (docs/decisions/bundle.md).
 *
 *   NADS_PLATFORM=darwin/arm64 npm pack -w @nads/cli      for another platform than this one's
 */
const bundle = fileURLToPath(new URL('bundle/', import.meta.url));
const atlas = fileURLToPath(new URL('../../experiments/atlas/data', import.meta.url));
const models = fileURLToPath(new URL('../../models', import.meta.url));
const platform = process.env.NADS_PLATFORM ?? `${process.platform}/${process.arch}`;

/**
 * Copies parts of a package, without maps and types.
 * @param {{ name: string, to: string, parts: string[] }} what
 */
function take({ name, to, parts }) {
  const from = folderOf(name, fileURLToPath(import.meta.url));
  const target = join(bundle, to, 'node_modules', name);
  for (const part of ['package.json', ...parts]) {
    if (!existsSync(join(from, part))) throw new Error(`${name} has no ${part}`);
    cpSync(join(from, part), join(target, part), { recursive: true, filter: isNeeded });
  }
}

/** @type {(path: string) => boolean} */
const isNeeded = path => !/\.(map|d\.ts)$/.test(path);

function undo() {
  for (const folder of ['models', 'atlas', 'onnxruntime', 'node_modules'])
    rmSync(join(bundle, folder), { recursive: true, force: true });
}

function complete() {
  for (const file of ['main.js', 'THIRD-PARTY-NOTICES.txt', 'viewer/index.html'])
    if (!existsSync(join(bundle, file)))
      throw new Error(`bundle/${file} is missing; run npm run build in the repository first`);
  cpSync(models, join(bundle, 'models'), { recursive: true });
  cpSync(atlas, join(bundle, 'atlas'), { recursive: true });
  packed(platform).forEach(take);
}

undo();
if (!process.argv.includes('--undo')) complete();
