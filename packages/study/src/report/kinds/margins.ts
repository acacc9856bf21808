import type { Series } from '@nads/report';
import { basisTitle, fileName } from '../../file-name.js';
import { blockSeries, marginAxes } from '../../margins/margins-picture.js';
import { parseMarginsSummary, type MarginsSummary } from '../../margins/margins-summary.js';
import { modelFacts } from '../model-facts.js';
import type { ReportedCurve } from '../reported-curve.js';
import type { ReadPart } from '../reported-part.js';
import { percent, shown } from '../shown.js';

/** Distances to decision boundaries in blocks of directions. */
export const reportedMargins: ReadPart = async saved => {
  const found = parseMarginsSummary(saved.path('margins.json'), await saved.text('margins.json'));
  const { model, settings, images, accuracy, blocks, runtime } = found;
  return {
    title: `Margins of ${fileName(model.file)}`,
    facts: [
      ...modelFacts(model),
      ['images', `${images} of ${settings.data}`],
      ['basis', settings.basis],
      ['accuracy', percent(accuracy)],
      ['runtime', runtime],
    ],
    curves: [curveOf(found)],
    tables: [
      {
        caption:
          'L2 norms of the smallest perturbations that change the decision, of pixels from 0 to 1',
        head: [
          'directions',
          'found',
          'lower quartile',
          'median',
          'upper quartile',
          'gradient energy',
        ],
        rows: blocks.map(rowOf),
      },
    ],
  };
};

const curveOf = ({ settings: { basis }, blocks }: MarginsSummary): ReportedCurve => ({
  name: `margins-along-${basis}`,
  title: `Median margins along ${basisTitle(basis)}`,
  ...marginAxes,
  series: mediansOf(blocks),
});

/** Without quartiles, which would lie over each other. */
const mediansOf = (blocks: readonly Block[]): Series => ({
  ...blockSeries('median', [...blocks]),
  band: undefined,
});

const rowOf = ({ first, last, found, q25, median, q75, gradient_energy: energy }: Block) => [
  `${first}–${last}`,
  String(found),
  ...[q25, median, q75].map(norm => (norm === null ? 'inf' : shown(norm))),
  shown(energy),
];

type Block = MarginsSummary['blocks'][number];
