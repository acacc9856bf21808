import { fileName } from '../../file-name.js';
import { parseNtkSummary } from '../../ntk/ntk-summary.js';
import { firstRows } from '../first-rows.js';
import { modelFacts } from '../model-facts.js';
import type { ReadPart } from '../reported-part.js';
import { shown } from '../shown.js';
import { spectrumCurve } from '../spectrum-curve.js';

/** Rows of the table of eigenvalues. */
const most = 20;

/** A tangent kernel. */
export const reportedNtk: ReadPart = async saved => {
  const summary = parseNtkSummary(saved.path('ntk.json'), await saved.text('ntk.json'));
  const { model, settings, parameters, runtime } = summary;
  const arrays = await saved.arrays('ntk.npz');
  const eigenvalues = arrays.finite('eigenvalues', ['eigenvalues']);
  return {
    title: `Tangent kernel of ${fileName(model.file)}`,
    facts: [
      ...modelFacts(model),
      ['images', `${settings.images} of ${settings.data}`],
      ['weights', settings.weights],
      ['parameters', String(parameters.count)],
      ['trace', shown(summary.trace)],
      ['effective rank', shown(summary.effective_rank)],
      ['alignment with labels', shown(summary.alignment)],
      ['centred alignment', shown(summary.centred_alignment)],
      ['runtime', runtime],
    ],
    curves: [spectrumCurve('kernel-spectra', 'tangent kernels', eigenvalues)],
    tables: [
      firstRows(
        {
          caption: 'Eigenvalues',
          head: ['index', 'eigenvalue', 'share of the trace'],
          rows: Array.from(eigenvalues, (value, i) => [
            String(i),
            shown(value),
            shown(value / summary.trace),
          ]),
        },
        most,
        'ntk.npz',
      ),
    ],
  };
};
