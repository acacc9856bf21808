import type { SavedFiles } from '../plot/saved-files.js';
import { decodeNads, type NadsResult } from './nads-codec.js';
import { nadsFiles, soFarFiles } from './nads-files.js';
import type { NadsSummary } from './nads-summary.js';

/**
 * The directions that a folder holds: of an estimate that is done, else what one that is not knows so far.
 * @throws where a file is damaged or missing
 */
export async function savedResult(
  saved: SavedFiles,
): Promise<NadsResult & { readonly summary: NadsSummary }> {
  const names = (await saved.has(nadsFiles.json)) ? nadsFiles : soFarFiles;
  const [npz, json] = [await saved.bytes(names.npz), await saved.bytes(names.json)];
  const result = decodeNads(saved.path(names.npz), npz, json);
  return { ...result, summary: result.summary! };
}
