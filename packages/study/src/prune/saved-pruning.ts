import * as z from 'zod/mini';
import { countSchema } from '../count-schema.js';
import { parseJson } from '../parse-json.js';
import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import { pruneFile } from './prune-files.js';
import { removedPicture } from './removed-picture.js';

const groupSchema = z.looseObject({
  name: z.string(),
  channels: countSchema,
  left: countSchema,
});

const stateSchema = z.looseObject({
  channels: z.int(),
  parameters: z.int(),
  macs: z.number(),
  bytes: z.int(),
  milliseconds: z.number(),
  loss: z.optional(z.number()),
  accuracy: z.optional(z.number()),
});

/** What of a saved report is read again. */
export const pruneSchema = z.looseObject({
  format: z.literal('prune'),
  version: z.int(),
  model: z.looseObject({ file: z.string(), sha256: z.string() }),
  settings: z.record(z.string(), z.unknown()),
  /** The command that repeats it; absent in files of older versions. */
  arguments: z.optional(z.array(z.string())),
  before: stateSchema,
  after: stateSchema,
  /** After fine-tuning, where there was any. */
  tuned: z.optional(stateSchema),
  /** Channels that go together, and how many are left of each group. */
  groups: z.array(groupSchema),
});

/** What of a saved report is read again. */
export type SavedPruning = z.infer<typeof pruneSchema>;

/** @throws naming the file and the invalid field */
export const parsePruning = (name: string, text: string): SavedPruning =>
  parseJson(name, text, pruneSchema, 1);

/** The picture of a pruning that was saved. @throws where the file is damaged or missing */
export async function savedPruningPictures(saved: SavedFiles): Promise<Picture[]> {
  const { groups, model } = parsePruning(saved.path(pruneFile), await saved.text(pruneFile));
  return [removedPicture(groups, model.file)];
}
