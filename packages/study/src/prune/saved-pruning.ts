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

/** What of a saved report is read again. */
export const pruneSchema = z.looseObject({
  format: z.literal('prune'),
  version: z.int(),
  model: z.looseObject({ file: z.string(), sha256: z.string() }),
  /** Channels that go together, and how many are left of each group. */
  groups: z.array(groupSchema),
});

/** The picture of a pruning that was saved. @throws where the file is damaged or missing */
export async function savedPruningPictures(saved: SavedFiles): Promise<Picture[]> {
  const text = await saved.text(pruneFile);
  const { groups, model } = parseJson(saved.path(pruneFile), text, pruneSchema, 1);
  return [removedPicture(groups, model.file)];
}
