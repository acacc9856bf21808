// Proves that Nx does not answer from its cache where it must not. In a clone of HEAD, each kind of file that a task reads
// is changed once: the hash that its result is looked up with must become another one. Some changes are run for
// real, with a warm cache, and must turn the task red. Takes some minutes.
//   npm run check:inputs
import { fileURLToPath } from 'node:url';
import { affected } from './lib/affected.ts';
import { Clone } from './lib/clone.ts';
import { escapes } from './lib/escapes.ts';
import { freshFolders } from './lib/fresh-folders.ts';
import { inputKinds } from './lib/input-kinds.ts';
import { redRuns } from './lib/red-runs.ts';
import { type Row, printed } from './lib/row.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rows: Row[] = [];

/** Runs a group of checks and prints a line for each as soon as it is known. */
function print(group: Iterable<Row>): void {
  for (const row of group) {
    rows.push(row);
    console.log(printed(row));
  }
}

const clone = new Clone(root);
try {
  const { green, output } = clone.nx(['run-many', '-t', 'build']);
  if (!green) throw new Error(`the clone does not build:\n${output}`);
  print(inputKinds(clone));
  print(affected(clone));
  print(escapes(clone));
  print(redRuns(clone));
  print(freshFolders(clone, root));
} finally {
  clone.remove();
}

const failed = rows.filter(({ problem }) => problem !== '').length;
console.log(`cache inputs: ${rows.length - failed} of ${rows.length} checks hold`);
process.exitCode = failed > 0 ? 1 : 0;
