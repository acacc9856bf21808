import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import { analysisPictures } from './analysis-pictures.js';
import { parseAnalysisSummary } from './analysis-summary.js';
import { picturedAnalysis } from './pictured-analysis.js';

/** The pictures of an analysis that was saved. @throws where a file is damaged or missing */
export async function savedAnalysisPictures(saved: SavedFiles): Promise<Picture[]> {
  const file = saved.path('analysis.json');
  const summary = parseAnalysisSummary(file, await saved.text('analysis.json'));
  return analysisPictures(picturedAnalysis(summary, await saved.arrays('analysis.npz')));
}
