import { mkdirSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { experimentSchema } from './dist/pipeline/experiment-schema.js';
import { nadsProgram } from './dist/program.js';

/** Writes schemas/experiment.schema.json as the commands are: `npm run schema -w @nads/cli`, after a build. */
const folder = new URL('schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(
  new URL('experiment.schema.json', folder),
  await format(JSON.stringify(experimentSchema(nadsProgram())), {
    parser: 'json',
    printWidth: 100,
  }),
);
