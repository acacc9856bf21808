import type { Fact, PageTable } from '@nads/report';
import { probeOf } from '../../compare/probe-of.js';
import type { NadsResult } from '../../estimate/nads-codec.js';
import type { NadsSummary } from '../../estimate/nads-summary.js';
import { savedResult } from '../../estimate/saved-result.js';
import { searchedDimension } from '../../estimate/searched-dimension.js';
import { fileName } from '../../file-name.js';
import { firstRows } from '../first-rows.js';
import { modelFacts } from '../model-facts.js';
import { shortInitialisation } from '../short-initialisation.js';
import { spectrumCurve } from '../spectrum-curve.js';
import { stabilityPictures } from '../stability-picture.js';
import type { ReadPart } from '../reported-part.js';
import { percent, shown } from '../shown.js';

/** Rows of the table of eigenvalues. */
const most = 50;

/** NADs: how they were estimated, their eigenvalues, how stable they are. */
export const reportedEstimate: ReadPart = async saved => {
  const result = await savedResult(saved);
  const { summary } = result;
  return {
    title: `NADs of ${fileName(summary.model.file)}`,
    facts: factsOf(result, summary),
    tables: [
      firstRows(eigenvalueTable(result, summary), most, 'nads.npz'),
      ...stabilityTable(summary),
      ...keptTable(summary),
    ],
    curves: [spectrumCurve('spectra', 'NADs', eigenvaluesOf(result))],
    pictures: stabilityPictures(summary, searchedDimension(summary)),
  };
};

function factsOf(result: NadsResult, summary: NadsSummary): Fact[] {
  const { model, image, networks, settings, directions, noise_floor: floor } = summary;
  const { channels, height, width, layout } = image;
  return [
    ...modelFacts(model),
    ['exported by', `${model.producer} ${model.producer_version}, opset ${model.opset}`],
    ['image', `${channels}×${height}×${width} (${layout})`],
    ['networks', `${networks}${summary.so_far ? ' so far' : ''}`],
    ['probe', probeOf(result) ?? '-'],
    ['points', String(settings.points)],
    ['basis', settings.basis],
    ['initialisation', shortInitialisation(settings.init)],
    ['head', settings.head],
    ['symmetry', settings.symmetry],
    ['seed', String(settings.seed)],
    ['directions', `${directions.saved} of dimension ${directions.dimension}`],
    ['distinguishable from noise', floor ? `the first ${floor.index}` : 'not known'],
    ...certainty(summary),
    ['runtime', summary.runtime],
  ];
}

const certainty = ({ unresolved_secants: unresolved, goal, converged }: NadsSummary): Fact[] => [
  ...(unresolved ? [['secants below float32', percent(unresolved)] as const] : []),
  ...(goal
    ? [
        [
          `half-split overlap at k = ${goal.top}`,
          `${shown(goal.reached, 3)}, ${shown(goal.asked, 3)} was asked for${converged ? '' : ': not converged'}`,
        ] as const,
      ]
    : []),
];

function eigenvaluesOf({ eigenvalues, name }: NadsResult): Float64Array {
  if (!eigenvalues) throw new Error(`${name}: no array 'eigenvalues' in it`);
  return eigenvalues;
}

function eigenvalueTable(result: NadsResult, { noise_floor: floor }: NadsSummary): PageTable {
  const { standardErrors } = result;
  return {
    caption: 'Eigenvalues',
    head: ['index', 'eigenvalue', 'standard error', 'distinguishable from noise'],
    rows: Array.from(eigenvaluesOf(result), (value, i) => [
      String(i),
      shown(value),
      shown(standardErrors?.[i], 2),
      floor ? (i < floor.index ? 'yes' : 'no') : '-',
    ]),
  };
}

const stabilityTable = ({ stability }: NadsSummary): PageTable[] =>
  stability && Object.keys(stability.half_split_overlap).length > 0
    ? [
        {
          caption: 'Stability of the leading subspaces',
          head: ['k', 'overlap of two halves', 'predicted with the true one'],
          rows: Object.entries(stability.half_split_overlap).map(([k, half]) => [
            k,
            shown(half),
            shown(stability.predicted_overlap[k]),
          ]),
        },
      ]
    : [];

const keptTable = ({ kept = [] }: NadsSummary): PageTable[] =>
  kept.length > 0
    ? [
        {
          caption: 'Constants that were not drawn anew',
          head: ['node', 'operator', 'constants', 'why'],
          rows: kept.map(({ node, operator, constants, reason }) => [
            node,
            operator,
            constants.join(', '),
            reason,
          ]),
        },
      ]
    : [];
