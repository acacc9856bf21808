import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAll } from '../all/run-all.ts';
import { summaryOf, type Entry } from '../all/summary.ts';
import { measurement } from './measurement.ts';

const folder = mkdtempSync(join(tmpdir(), 'nads-bench-all-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Prints a measurement named after its first word; 'broken' fails, 'chatty' prints text, 'endless' does not end. */
const bench = `
const [name] = process.argv.slice(2);
if (name === 'broken') throw new Error('out of order');
if (name === 'endless') {
  require('node:fs').writeFileSync('started', '');
  setInterval(() => {}, 1000);
} else console.log(name === 'chatty' ? 'done' : JSON.stringify({ ...${JSON.stringify(measurement())}, benchmark: name }));
`;

beforeAll(() => {
  writeFileSync(join(folder, 'bench.cjs'), bench);
  writeFileSync(join(folder, 'package.json'), '{ "scripts": { "bench": "node bench.cjs 2>&1" } }');
});

const { date, commit, modified, machine, load_average, busy } = measurement();

async function entriesOf(names: readonly string[], signal: AbortSignal): Promise<Entry[]> {
  const entries: Entry[] = [];
  const onEntry = (entry: Entry): void => void entries.push(entry);
  await runAll(names, { folder, signal, log: () => {}, onEntry });
  return entries;
}

test('one that fails, or prints something else, does not keep the next from running', async () => {
  const { signal } = new AbortController();
  const entries = await entriesOf(['margin', 'broken', 'chatty', 'score'], signal);
  expect(
    entries.map(({ benchmark, measurement: found }) => found?.benchmark ?? `no ${benchmark}`),
  ).toEqual(['margin', 'no broken', 'no chatty', 'score']);
  expect(entries[1].error).toMatch(/bench -- broken --json' ended with 1$/);
  expect(entries[2].error).toMatch(/printed something that is not JSON: done/);
  const summary = summaryOf({ date, commit, modified, machine, load_average, busy }, entries);
  expect(summary).toMatchObject({ commit, machine, date, load_average });
  expect(summary.benchmarks[0]).toEqual({
    benchmark: 'margin',
    seconds: entries[0].seconds,
    peer: 'PyTorch 1.13',
    blas: measurement().blas,
    load_average,
  });
});

test('an interruption ends the one that runs and begins no other', async () => {
  const controller = new AbortController();
  const running = entriesOf(['endless', 'score'], controller.signal);
  while (!existsSync(join(folder, 'started')))
    await new Promise(resolve => setTimeout(resolve, 20));
  controller.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
});
