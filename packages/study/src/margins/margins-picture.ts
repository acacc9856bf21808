import { chart, type Series } from '@nads/report';
import { basisTitle, fileName } from '../file-name.js';
import type { Picture } from '../picture.js';
import type { MarginsSummary } from './margins-summary.js';

type Blocks = MarginsSummary['blocks'];

/** Median margins with their quartiles over the directions of the blocks that were measured, and of no others. */
export const marginsPicture = (summary: MarginsSummary): Picture => ({
  name: 'margins',
  caption: 'Norms of the smallest perturbations that change the decision',
  draw: () => marginsChart(summary),
});

function marginsChart({ model, settings, images, blocks }: MarginsSummary): string {
  return chart({
    title: `L2 margins of ${fileName(model.file)} along ${basisTitle(settings.basis)}, ${images} images`,
    ...marginAxes,
    series: [blockSeries('median and quartiles over the images', blocks)],
  });
}

/** The axes of charts of margins. */
export const marginAxes = {
  x: { title: 'index of the direction, one step for each block measured', whole: true },
  y: { title: 'smallest L2 perturbation (pixels from 0 to 1)', scale: 'log' },
} as const;

/** Median margins with their quartiles, from the first to the last direction of each block, with gaps between them. */
export function blockSeries(label: string, blocks: Blocks): Series {
  const at = (quartile: 'median' | 'q25' | 'q75'): number[] =>
    overSpans(blocks, block => block[quartile] ?? NaN);
  return {
    label,
    x: blocks.flatMap(({ first, last }) => [first - 0.5, last + 0.5, NaN]),
    y: at('median'),
    band: { low: at('q25'), high: at('q75') },
    points: false,
  };
}

/** A value from the first to the last direction of each block, with a gap behind it. */
const overSpans = (blocks: Blocks, valueOf: (block: Blocks[number]) => number): number[] =>
  blocks.flatMap(block => [valueOf(block), valueOf(block), NaN]);
