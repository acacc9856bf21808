import * as z from 'zod/mini';
import { bothValues, firstDifference } from './identity.js';
import { plainName } from './plain-name.js';
import { parseJson } from './parse-json.js';
import type { NamedFile } from './store.js';

/** The file of a result folder that says what the others are results of. */
export const recordFile = 'run.json';

/** What run.json holds: what was run, with which settings, on which inputs. */
export const runSchema = z.object({
  format: z.literal('run'),
  version: z.int(),
  command: z.string(),
  /** What the command was given, its name first, but for what results do not depend on; absent in files of older versions. */
  arguments: z.optional(z.array(z.string())),
  /** All options that results depend on; lists as JSON. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Files, and folders of pictures by the names and sizes in them. */
  inputs: z.array(z.object({ name: z.string(), sha256: z.string() })),
  /** False from the first file that is written to the last. */
  finished: z.boolean(),
  /** All that the run has written but what a later one goes on from. */
  files: z.array(z.string().check(z.regex(plainName))),
  /** What the command printed, as JSON has it. */
  printed: z.optional(z.unknown()),
});

/** What a result folder holds results of. */
export type RunRecord = Omit<z.infer<typeof runSchema>, 'format' | 'version'>;

/** run.json. */
export const encodeRunRecord = (record: RunRecord): NamedFile => [
  recordFile,
  `${JSON.stringify({ format: 'run', version: 1, ...record }, null, 2)}\n`,
];

/** @throws naming the file and the invalid field */
export const parseRunRecord = (name: string, text: string): RunRecord =>
  parseJson(name, text, runSchema, 1);

/** In what two runs differ, as in 'another `seed` (1, now 2)'; undefined where their results are the same. */
export function runDifference(found: RunRecord, wanted: RunRecord): string | undefined {
  if (found.command !== wanted.command) return `nads ${found.command}`;
  const key = firstDifference(found.settings, wanted.settings);
  if (key !== undefined)
    return `another \`${key}\`${bothValues(found.settings[key], wanted.settings[key])}`;
  const count = Math.max(found.inputs.length, wanted.inputs.length);
  for (let i = 0; i < count; i++)
    if (found.inputs[i]?.sha256 !== wanted.inputs[i]?.sha256)
      return `another input, ${found.inputs[i]?.name ?? 'none'} (now ${wanted.inputs[i]?.name ?? 'none'})`;
  return undefined;
}
