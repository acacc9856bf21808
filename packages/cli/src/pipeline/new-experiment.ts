import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireWritable, writeWhole } from '@nads/study/node';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads new`. */
interface NewFlags extends ShowFlags {
  readonly force?: boolean;
}

/** Writes an experiment to begin with. @throws for other names, and where one is there */
export function newExperiment(what: string, name: string, flags: NewFlags): void {
  if (what !== 'experiment') throw new Error(`cannot begin a '${what}'; expected: experiment`);
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    throw new Error(`'${name}' is no name of an experiment; use small letters, digits and dashes`);
  const folder = existsSync('experiments') ? join('experiments', name) : name;
  const file = join(folder, 'experiment.json');
  requireWritable(file, flags.force);
  mkdirSync(folder, { recursive: true });
  writeWhole(file, `${JSON.stringify(beginning(folder), null, 2)}\n`);
  show(flags, [`written to ${file}; change it, then: nads run ${folder}`], { file });
}

const beginning = (folder: string): object => ({
  ...schemaFrom(folder),
  title: 'What a LeNet prefers, and how well it learns along its first and last directions',
  stages: {
    estimate: { run: 'estimate', arguments: ['lenet'], options: { networks: 20, seed: 1 } },
    sweep: {
      run: 'sweep',
      arguments: ['lenet'],
      options: {
        basis: 'nads:{estimate}',
        indices: '0,500,1000',
        train: 1000,
        test: 1000,
        epochs: 2,
      },
    },
    report: { run: 'report', arguments: ['{estimate}', '{sweep}'] },
  },
});

/** Where an editor finds what may be in the file. */
function schemaFrom(folder: string): object {
  let above = dirname(fileURLToPath(import.meta.url));
  while (above !== dirname(above)) {
    const schema = join(above, 'schemas/experiment.schema.json');
    if (existsSync(schema)) return { $schema: relative(folder, schema).replaceAll('\\', '/') };
    above = dirname(above);
  }
  return {};
}
