// Installs every tarball in an empty project with each package manager, without flags for scripts or peers, and uses two there: a gradient on WebAssembly, and the
// command. Packages that others need are not published yet, so pnpm and yarn are told in package.json to take the tarballs.
//   npm run check:managers              after a build; fetches the managers and takes some minutes
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyProject, fetched, managers, type Manager } from './lib/managers.ts';
import { run } from './lib/run.ts';
import { tarballs, type Tarball } from './lib/tarballs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'nads-managers-'));

// yarn 4 asks another registry than npm unless it is told
process.env.YARN_NPM_REGISTRY_SERVER ??= run(root, 'npm', 'config', 'get', 'registry')
  .trim()
  .replace(/\/$/, '');
process.env.YARN_ENABLE_TELEMETRY = '0';

const program = `import { readFileSync } from 'node:fs';
import { differentiate, readModel, writeModel } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { webRuntime } from '@nads/runtime/web';
const lenet = readModel(readFileSync('lenet.onnx'), 'lenet.onnx');
const { model, seeds, gradients } = differentiate(lenet, { wrt: ['input'], of: ['logits'] });
const session = await webRuntime.createSession(writeModel(model));
const input = float32(new Float32Array(1024).fill(0.5), [1, 1, 32, 32]);
const results = await session.run({ input, [seeds[0]]: float32(Float32Array.of(1, 0), [1, 2]) });
console.log('gradient', Math.hypot(...results[gradients[0]].data).toPrecision(4));
`;

/** What is printed in a project with all tarballs. */
function use(manager: Manager, all: readonly Tarball[]): string {
  const folder = join(place, manager.name.replace(' ', '-'));
  const start = fetched(place, manager);
  emptyProject(folder, all, manager);
  cpSync(join(root, 'models/lenet.onnx'), join(folder, 'lenet.onnx'));
  writeFileSync(join(folder, 'program.js'), program);
  run(folder, 'node', start, ...manager.install);
  const node = manager.node.length > 0 ? [start, ...manager.node] : [];
  const gradient = run(folder, 'node', ...node, 'program.js');
  const version =
    node.length > 0
      ? run(folder, 'node', start, 'run', 'nads', '--version')
      : run(folder, join(folder, 'node_modules/.bin/nads'), '--version');
  return `${gradient.trim()}, nads ${version.trim()}`;
}

const failures: string[] = [];
try {
  const all = tarballs(root, place);
  const said = managers.flatMap(manager => {
    try {
      const begun = performance.now();
      const what = use(manager, all);
      console.log(
        `ok   ${manager.name}: ${what}, ${((performance.now() - begun) / 1000).toFixed(0)} s`,
      );
      return [what];
    } catch (error) {
      failures.push(manager.name);
      console.log(`FAIL ${manager.name}: ${(error as Error).message}`);
      return [];
    }
  });
  if (new Set(said).size > 1) failures.push('they do not agree');
} finally {
  rmSync(place, { recursive: true, force: true });
}
console.log(`managers: ${managers.length}, ${failures.length} problems`);
process.exitCode = failures.length > 0 ? 1 : 0;
