// What a page carries that uses one function of a package: bundled and minified, without compression. Fails where one is larger
// than it may be.
//   npm run check:sizes      after a build
import { fileURLToPath } from 'node:url';
import { minified, type Bundler } from './lib/minified.ts';

interface Budget {
  readonly module: string;
  readonly name: string;
  /** At most so many kB of 1000 bytes. */
  readonly most: number;
}

const budgets: readonly Budget[] = [
  { module: '@nads/onnx', name: 'isFloating', most: 1 },
  { module: '@nads/onnx', name: 'readModel', most: 75 },
  { module: '@nads/onnx', name: 'differentiate', most: 160 },
  { module: '@nads/linalg', name: 'symmetricEigen', most: 16 },
  { module: '@nads/linalg', name: 'overlap', most: 6 },
  { module: '@nads/basis', name: 'parseBasis', most: 20 },
  { module: '@nads/dataset', name: 'decodeNpz', most: 20 },
  { module: '@nads/prune', name: 'shrink', most: 145 },
  { module: '@nads/report', name: 'chart', most: 65 },
];

const bundlers: readonly Bundler[] = ['esbuild', 'vite'];
const root = fileURLToPath(new URL('../..', import.meta.url));
let tooLarge = 0;

console.log(`${''.padEnd(30)} ${[...bundlers, 'at most'].map(word => word.padStart(9)).join('')}`);
for (const { module, name, most } of budgets) {
  const sizes = [];
  for (const bundler of bundlers) sizes.push((await minified(root, bundler, module, name)) / 1000);
  const columns = [...sizes.map(size => size.toFixed(1)), `${most} kB`];
  console.log(
    `${`${module} ${name}`.padEnd(30)} ${columns.map(text => text.padStart(9)).join('')}`,
  );
  if (Math.max(...sizes) > most) tooLarge++;
}
console.log(`sizes: ${budgets.length} functions, ${tooLarge} too large`);
process.exitCode = tooLarge > 0 ? 1 : 0;
