import { readdirSync } from 'node:fs';

const here = new URL('.', import.meta.url);

const names = readdirSync(here)
  .filter(file => file.endsWith('.mjs') && file !== 'run.mjs')
  .map(file => file.slice(0, -'.mjs'.length))
  .toSorted();

const [name, ...args] = process.argv.slice(2);
if (!names.includes(name)) {
  if (name && name !== '--help') console.error(`there is no experiment '${name}'`);
  console.error(
    `usage: npm run experiment -- NAME [--help] [options]\nexperiments: ${names.join(', ')}`,
  );
  process.exit(name === undefined || name === '--help' ? 0 : 2);
}
const { experiment } = await import(new URL(`${name}.mjs`, here));
try {
  process.exitCode = await experiment(args);
} catch (error) {
  console.error(`${name}: ${error.message}`);
  process.exitCode = 2;
}
