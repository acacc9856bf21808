import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { digestOf, filesIn } from './digest-of.js';

/** The file in the folder of a stage that says what it holds results of. */
const recordFile = 'stage.json';

const recordSchema = z.object({
  format: z.literal('stage'),
  version: z.literal(1),
  /** Of all that results follow from. */
  key: z.string(),
  finished: z.boolean(),
  /** SHA-256 of each file, by its path in the folder. */
  outputs: z.record(z.string(), z.string()),
});

/** What was last begun in the folder of a stage. */
export type StageRecord = Omit<z.infer<typeof recordSchema>, 'format' | 'version'>;

/** Undefined where there is none that can be read: then the stage is run. */
export function readRecord(folder: string): StageRecord | undefined {
  try {
    const text = readFileSync(join(folder, recordFile), 'utf8');
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function writeRecord(folder: string, record: StageRecord): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, recordFile);
  const contents = { format: 'stage', version: 1, ...record };
  writeFileSync(`${file}.partial`, `${JSON.stringify(contents, null, 2)}\n`);
  renameSync(`${file}.partial`, file);
}

/** Digests of the files that a stage has written. */
export function outputsIn(folder: string): Record<string, string> {
  const names = filesIn(folder).filter(name => name !== recordFile);
  return Object.fromEntries(names.map(name => [name, digestOf(join(folder, name))]));
}

/** Whether all files are there as they were written. */
export function isWhole(folder: string, { outputs }: StageRecord): boolean {
  try {
    return Object.entries(outputs).every(
      ([name, digest]) => digestOf(join(folder, name)) === digest,
    );
  } catch {
    return false;
  }
}
