import { savedAnalysisPictures } from '../analyze/saved-analysis.js';
import { savedElasticityPictures } from '../elasticity/saved-elasticity.js';
import { savedNadsPictures } from '../estimate/saved-nads.js';
import { savedMarginsPictures } from '../margins/saved-margins.js';
import { savedNtkPictures } from '../ntk/saved-ntk.js';
import { savedMeasuresPictures } from '../measures/saved-measures.js';
import { about } from '../named-error.js';
import type { Picture } from '../picture.js';
import { savedPruningPictures } from '../prune/saved-pruning.js';
import { savedSaliencyPictures } from '../saliency/saved-saliency.js';
import { savedSearchPictures } from '../search/saved-search.js';
import { summaryFile } from '../search/search-summary.js';
import { savedChangePictures, shownFiles } from '../sets/saved-change.js';
import { savedDecompositionPictures } from '../sets/saved-decomposition.js';
import type { Store } from '../store.js';
import { savedSweepPictures } from '../sweep/saved-sweep.js';
import { savedTrainingPictures } from '../train/saved-training.js';
import { holdsKind } from './holds-kind.js';
import { savedContext, type SavedContext } from './saved-context.js';
import { SavedFiles } from './saved-files.js';

type Draw = (saved: SavedFiles, context: Required<SavedContext>) => Promise<Picture[]>;

/** A file that shows that a result of a kind is there, and the pictures of such results. */
const kinds: readonly (readonly [file: string, pictures: Draw])[] = [
  ['nads.json', savedNadsPictures],
  ['analysis.json', savedAnalysisPictures],
  ['saliency.json', savedSaliencyPictures],
  ['margins.json', savedMarginsPictures],
  ['ntk.json', savedNtkPictures],
  ['elasticity.json', savedElasticityPictures],
  ['measures.json', savedMeasuresPictures],
  ['history.csv', savedTrainingPictures],
  ['prune.json', savedPruningPictures],
  [summaryFile, savedSearchPictures],
  ['journal.jsonl', savedSweepPictures],
  ['decomposition.json', savedDecompositionPictures],
  ...shownFiles.map(name => [name, savedChangePictures(name)] as const),
];

/** Those of results of any kind that a folder holds; none where it holds none with pictures. @throws as `savedPictures` */
export async function picturesIn(
  saved: SavedFiles,
  context: Required<SavedContext>,
): Promise<Picture[]> {
  const found: Picture[] = [];
  for (const [file, pictures] of kinds)
    if (await holdsKind(saved, file)) {
      const drawn = await pictures(saved, context);
      found.push(...drawn.map(picture => aboutFile(saved.path(file), picture)));
    }
  return found;
}

/**
 * The pictures of results that a store holds, as they were drawn when the results were written.
 * @throws where it holds none, or a file is damaged or missing; messages name it
 */
export async function savedPictures(store: Store, given: SavedContext = {}): Promise<Picture[]> {
  const found = await picturesIn(new SavedFiles(store), savedContext(given));
  if (found.length === 0)
    throw new Error(
      `${store.name}: no result with pictures in it; give a folder that a command wrote to with --out`,
    );
  return found;
}

/** A picture; where it cannot be drawn, the error names the file. */
const aboutFile = (file: string, picture: Picture): Picture => ({
  ...picture,
  draw: () => about(file, picture.draw),
});
