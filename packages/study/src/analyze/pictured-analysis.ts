import type { AnalysisArrays } from './analysis-arrays.js';
import type { AnalysisSummary } from './analysis-summary.js';

/** An analysis as its files hold it: analysis.json and analysis.npz. */
export interface PicturedAnalysis {
  readonly summary: AnalysisSummary;
  readonly arrays: AnalysisArrays;
}

/** An array's numbers; undefined where there is none of this name. */
export function numbersIn(arrays: AnalysisArrays, name: string): Float64Array | undefined {
  const found = arrays.get(name);
  return found && Float64Array.from(found.data as ArrayLike<number>, Number);
}
