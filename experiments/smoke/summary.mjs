// A script as a stage: reads what others printed, and writes into the folder that --out names.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { out: { type: 'string' } },
  allowPositionals: true,
});
const [compared, scores] = positionals.map(file => JSON.parse(readFileSync(file, 'utf8')));
writeFileSync(`${values.out}/summary.json`, `${JSON.stringify({ compared, scores }, null, 2)}\n`);
