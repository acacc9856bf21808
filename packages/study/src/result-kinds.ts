import { savedAnalysisPictures } from './analyze/saved-analysis.js';
import { savedElasticityPictures } from './elasticity/saved-elasticity.js';
import { nadsFiles, soFarFiles } from './estimate/nads-files.js';
import { savedNadsPictures } from './estimate/saved-nads.js';
import { savedMarginsPictures } from './margins/saved-margins.js';
import { savedMeasuresPictures } from './measures/saved-measures.js';
import { savedNtkPictures } from './ntk/saved-ntk.js';
import type { Picture } from './picture.js';
import type { SavedContext } from './plot/saved-context.js';
import type { SavedFiles } from './plot/saved-files.js';
import { pruneFile } from './prune/prune-files.js';
import { savedPruningPictures } from './prune/saved-pruning.js';
import { reportedAnalysis } from './report/kinds/analysis.js';
import { reportedChange } from './report/kinds/changed-set.js';
import { reportedDecomposition } from './report/kinds/decomposition.js';
import { reportedElasticity } from './report/kinds/elasticity.js';
import { reportedEstimate } from './report/kinds/estimate.js';
import { reportedMargins } from './report/kinds/margins.js';
import { reportedMeasures } from './report/kinds/measures.js';
import { reportedNtk } from './report/kinds/ntk.js';
import { reportedPruning } from './report/kinds/pruning.js';
import { reportedSaliency } from './report/kinds/saliency.js';
import { reportedScores, scoreFile } from './report/kinds/score.js';
import { reportedSearch } from './report/kinds/search.js';
import { reportedSweep } from './report/kinds/sweep.js';
import { reportedTraining } from './report/kinds/training.js';
import type { ReadPart } from './report/reported-part.js';
import { savedSaliencyPictures } from './saliency/saved-saliency.js';
import { savedSearchPictures } from './search/saved-search.js';
import { searchFile } from './search/search-files.js';
import { savedChangePictures, shownFiles } from './sets/saved-change.js';
import { savedDecompositionPictures } from './sets/saved-decomposition.js';
import { journalFile } from './sweep/journal.js';
import { savedSweepPictures } from './sweep/saved-sweep.js';
import { historyFile } from './train/history-codec.js';
import { savedTrainingPictures } from './train/saved-training.js';

/** A kind of result that a folder may hold. */
export interface ResultKind {
  /** Shows that one is there. */
  readonly file: string;
  /** Shows that what the folder holds is something else. */
  readonly unless?: string;
  /** @throws where a file is damaged or missing; messages name it */
  readonly pictures: (saved: SavedFiles, context: Required<SavedContext>) => Promise<Picture[]>;
  /** What a report says of it. */
  readonly report: ReadPart;
}

const kind = (
  file: string,
  pictures: ResultKind['pictures'],
  report: ResultKind['report'],
  unless?: string,
): ResultKind => ({ file, pictures, report, unless });

const none = async (): Promise<Picture[]> => [];

const resultKinds: readonly ResultKind[] = [
  kind(nadsFiles.json, savedNadsPictures, reportedEstimate),
  kind(soFarFiles.json, savedNadsPictures, reportedEstimate, nadsFiles.json),
  kind('analysis.json', savedAnalysisPictures, reportedAnalysis),
  kind('saliency.json', savedSaliencyPictures, reportedSaliency),
  kind('margins.json', savedMarginsPictures, reportedMargins),
  kind('ntk.json', savedNtkPictures, reportedNtk),
  kind('elasticity.json', savedElasticityPictures, reportedElasticity),
  kind('measures.json', savedMeasuresPictures, reportedMeasures),
  kind(historyFile, savedTrainingPictures, reportedTraining),
  kind(pruneFile, savedPruningPictures, reportedPruning),
  kind(searchFile, savedSearchPictures, reportedSearch),
  // the journal of a search has the name of a sweep's, but a table of cells is beside it
  kind(journalFile, savedSweepPictures, reportedSweep, searchFile),
  kind('decomposition.json', savedDecompositionPictures, reportedDecomposition),
  kind(scoreFile, none, reportedScores),
  ...shownFiles.map(file => kind(file, savedChangePictures(file), reportedChange(file))),
];

/** The kinds of results that a store holds. */
export async function kindsIn(saved: SavedFiles): Promise<ResultKind[]> {
  const found: ResultKind[] = [];
  for (const one of resultKinds) if (await holds(saved, one)) found.push(one);
  return found;
}

const holds = async (saved: SavedFiles, { file, unless }: ResultKind): Promise<boolean> =>
  (await saved.has(file)) && !(unless !== undefined && (await saved.has(unless)));
