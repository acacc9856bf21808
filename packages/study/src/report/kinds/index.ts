import { pruneFile } from '../../prune/prune-files.js';
import { searchFile } from '../../search/search-files.js';
import { shownFiles } from '../../sets/saved-change.js';
import { journalFile } from '../../sweep/journal.js';
import { historyFile } from '../../train/history-codec.js';
import { holdsKind } from '../../plot/holds-kind.js';
import type { SavedFiles } from '../../plot/saved-files.js';
import type { ReadPart } from '../reported-part.js';
import { reportedAnalysis } from './analysis.js';
import { reportedChange } from './changed-set.js';
import { reportedDecomposition } from './decomposition.js';
import { reportedElasticity } from './elasticity.js';
import { reportedEstimate } from './estimate.js';
import { reportedMargins } from './margins.js';
import { reportedMeasures } from './measures.js';
import { reportedNtk } from './ntk.js';
import { reportedPruning } from './pruning.js';
import { reportedSaliency } from './saliency.js';
import { reportedScores, scoreFile } from './score.js';
import { reportedSearch } from './search.js';
import { reportedSweep } from './sweep.js';
import { reportedTraining } from './training.js';

/** A file that shows that a result of a kind is there, and what a report says of such. */
const kinds: readonly (readonly [file: string, read: ReadPart])[] = [
  ['nads.json', reportedEstimate],
  ['analysis.json', reportedAnalysis],
  ['saliency.json', reportedSaliency],
  ['margins.json', reportedMargins],
  ['ntk.json', reportedNtk],
  ['elasticity.json', reportedElasticity],
  [historyFile, reportedTraining],
  [pruneFile, reportedPruning],
  [searchFile, reportedSearch],
  [journalFile, reportedSweep],
  ['decomposition.json', reportedDecomposition],
  ['measures.json', reportedMeasures],
  [scoreFile, reportedScores],
  ...shownFiles.map(file => [file, reportedChange(file)] as const),
];

/** Of the kinds that a folder holds results of, what reads them. */
export async function kindsIn(saved: SavedFiles): Promise<ReadPart[]> {
  const found: ReadPart[] = [];
  for (const [file, read] of kinds) if (await holdsKind(saved, file)) found.push(read);
  return found;
}
