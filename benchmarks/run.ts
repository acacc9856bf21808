import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { machine } from './lib/machine.mjs';
import { table } from './lib/table.mjs';

const here = new URL('.', import.meta.url);

const names = readdirSync(here)
  .filter(file => file.endsWith('.mjs') && file !== 'run.mjs')
  .map(file => file.slice(0, -'.mjs'.length))
  .toSorted();

const log = line => console.error(line);

function usage() {
  console.error(
    `usage: npm run bench -- NAME [--json] [--only NETWORK]\nbenchmarks: ${names.join(', ')}`,
  );
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
    allowPositionals: true,
  });
  const [name] = positionals;
  if (!names.includes(name)) {
    if (name) console.error(`there is no benchmark '${name}'`);
    usage();
    return name ? 2 : 0;
  }
  const { run } = await import(new URL(`${name}.mjs`, here));
  // What others did on the machine before: side by side or not, it shows in the figures.
  const [load_average] = loadavg();
  const outcome = { ...(await run({ log, only: values.only })), machine: machine(), load_average };
  process.stdout.write(values.json ? `${JSON.stringify(outcome, null, 2)}\n` : table(outcome));
  return 0;
}

process.exit(await main());
