import { chart } from '@nads/report';
import type { NadsSummary } from '../estimate/nads-summary.js';
import type { Picture } from '../picture.js';

/**
 * How stable the leading subspaces of an estimate are, over their dimension; none where that was not measured.
 * @param span dimension of the space that directions were sought in
 */
export function stabilityPictures({ stability }: NadsSummary, span: number): Picture[] {
  const tops = Object.keys(stability?.half_split_overlap ?? {}).map(Number);
  if (!stability || tops.length < 2) return [];
  const line = (label: string, overlaps: Readonly<Record<string, number>>) => ({
    label,
    x: tops,
    y: tops.map(k => overlaps[k] ?? NaN),
  });
  const draw = () =>
    chart({
      title: 'Stability of the leading subspaces',
      x: { title: 'dimension k of the subspaces', scale: 'log', whole: true },
      y: { title: 'overlap, 1 = the same', domain: [0, 1.02] },
      series: [
        line('two halves of the networks', stability.half_split_overlap),
        line('predicted with the true subspace', stability.predicted_overlap),
        {
          ...line('chance', Object.fromEntries(tops.map(k => [k, k / span]))),
          dashed: true,
          points: false,
          colour: '#555555',
        },
      ],
    });
  return [{ name: 'stability', draw, caption: 'How stable the leading subspaces are' }];
}
