import { quantile, rankCorrelation } from '@nads/linalg';
import type { BlockMargins, Margins } from '@nads/study';

/** A summary of margins, in a few lines. @param data the images, in words */
export function marginText(found: Margins, data: string): string {
  const { source, settings, images, margins, basis } = found;
  const lines = [
    `${source.name} on ${images} images of ${settings.data} (${data})${accuracy(found)}`,
    ...allWrong(found),
    `median margins along ${basis.name}, of pixels from 0 to 1: ${extremes(margins)}`,
    ...unsuccessful(margins),
    ...correlation(margins),
  ];
  return `${lines.join('\n')}\n`;
}

const accuracy = ({ chosen, correct, images }: Margins): string =>
  chosen.labels ? `, accuracy ${((100 * correct) / images).toFixed(1)} %` : '';

/** Of some images one is right by chance. */
const fewestToTell = 4;

const allWrong = ({ chosen, correct, images }: Margins): string[] =>
  chosen.labels && correct === 0 && images >= fewestToTell
    ? [
        'no image is classified rightly: look whether output, preprocessing and order of the classes are those of the model',
      ]
    : [];

const medianOf = ({ norms }: BlockMargins): number => quantile(norms, 0.5);

function extremes(margins: readonly BlockMargins[]): string {
  const order = margins
    .map(block => ({ ...block, median: medianOf(block) }))
    .toSorted((a, b) => a.median - b.median);
  const names = order.map(
    ({ first, last, median }) => `${first}-${last} (${median.toPrecision(3)})`,
  );
  if (names.length === 1) return `in directions ${names[0]}`;
  return `smallest in directions ${names.slice(0, Math.min(3, names.length - 1)).join(', ')}, largest in ${names.at(-1)}`;
}

function unsuccessful(margins: readonly BlockMargins[]): string[] {
  const count = margins.reduce(
    (sum, { norms }) => sum + norms.filter(norm => norm === Infinity).length,
    0,
  );
  return count > 0
    ? [
        `${count} ${count === 1 ? 'search' : 'searches'} did not change the decision; such margins count as infinite`,
      ]
    : [];
}

function correlation(margins: readonly BlockMargins[]): string[] {
  const found = rankCorrelation(
    margins.map(medianOf),
    margins.map(({ energy }) => energy),
  );
  return Number.isNaN(found)
    ? []
    : [
        `Spearman correlation of blocks' median margins with their energy of data gradients, over ${margins.length} blocks: ${found.toFixed(3)}`,
      ];
}
