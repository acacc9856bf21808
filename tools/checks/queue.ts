// Proves that studies on many machines give the bytes of a run in one process: workers that are killed at random moments, Redis
// restarted, the study killed and resumed, and machines that are cut off. Takes some minutes.
//   npm run check:queue [-- KILLS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisPath, withoutRedis } from '@nads/testing/redis';
import { cutOff } from './lib/cut-off.ts';
import { killedWorkers } from './lib/killed-workers.ts';
import { printed, type Row } from './lib/row.ts';

const kills = Number(process.argv[2] ?? 20);
const folder = mkdtempSync(join(tmpdir(), 'nads-queue-'));
const rows: Row[] = [];

/** Runs a group of checks and prints a line for each as soon as it is known. */
async function print(group: AsyncIterable<Row>): Promise<void> {
  for await (const row of group) {
    rows.push(row);
    console.log(printed(row));
  }
}

// leaves no network behind
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

if (redisPath)
  try {
    await print(killedWorkers(kills, join(folder, 'kills')));
    await print(cutOff(join(folder, 'cut-off')));
  } finally {
    rmSync(folder, { recursive: true });
  }
else console.log(withoutRedis);

const failed = rows.filter(({ problem }) => problem !== '').length;
console.log(`queue: ${rows.length - failed} of ${rows.length} checks hold`);
process.exitCode = failed > 0 ? 1 : 0;
