import type { Fact } from '@nads/report';
import { parseAnalysisSummary, type AnalysisSummary } from '../../analyze/analysis-summary.js';
import { analysisTables } from '../../analyze/analysis-tables.js';
import { tabledAnalysis } from '../../analyze/tabled-analysis.js';
import { fileName } from '../../file-name.js';
import { modelFacts } from '../model-facts.js';
import type { ReadPart } from '../reported-part.js';
import { percent, shown } from '../shown.js';
import { spectrumCurve } from '../spectrum-curve.js';

/** Data gradients beside NADs. */
export const reportedAnalysis: ReadPart = async saved => {
  const file = saved.path('analysis.json');
  const summary = parseAnalysisSummary(file, await saved.text('analysis.json'));
  return {
    title: `Data gradients of ${fileName(summary.model.file)}`,
    facts: factsOf(summary),
    curves: [spectrumCurve('gradient-spectra', 'data gradients', summary.eigenvalues)],
    tables: analysisTables(tabledAnalysis(summary)),
  };
};

const factsOf = (summary: AnalysisSummary): Fact[] => [
  ...modelFacts(summary.model),
  ['images', `${summary.images} of ${summary.data}`],
  ['preprocessing', summary.preprocessing.description],
  ['gradients of', `${summary.settings.of} of the ${summary.settings.class} class`],
  ['accuracy', percent(summary.accuracy)],
  ['E‖∇f‖²', shown(summary.trace)],
  ['effective rank', shown(summary.effective_rank)],
  ['NADs', summary.nads?.source ?? 'none'],
  ['runtime', summary.runtime],
];
