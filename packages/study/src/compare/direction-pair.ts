import type { ImageShape } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import { imageEnergy } from '@nads/probe';
import { beside, gallery, type Sheet } from '@nads/report';
import type { NadsResult } from '../estimate/nads-codec.js';
import type { Picture } from '../picture.js';

/** About how wide a direction is drawn, in CSS pixels. */
const usualWidth = 160;

/** Direction number `index` of two results beside each other, each above its Fourier energy. @throws OptionError where one has not so many */
export const directionPair = (
  results: readonly [NadsResult, NadsResult],
  index: number,
): Picture => ({
  name: `direction-${index}`,
  draw: () =>
    beside(
      results.map(result => oneDirection(result, index)),
      16,
    ),
  caption: `Direction ${index} of ${results[0].name} and of ${results[1].name}, each above its Fourier energy`,
});

/** Direction number `index` of a result: [C·H·W]. @throws OptionError where it has not so many */
export function directionOf({ name, rows }: NadsResult, index: number): Float64Array {
  if (Number.isInteger(index) && index >= 0 && index < rows.rows)
    return rows.data.subarray(index * rows.columns, (index + 1) * rows.columns);
  throw new OptionError('index', `${name} has directions 0 to ${rows.rows - 1}, not ${index}`);
}

function oneDirection(result: NadsResult, index: number): Sheet {
  const image = imageOf(result);
  const direction = directionOf(result, index);
  const { eigenvalues, standardErrors, summary } = result;
  const floor = summary?.noise_floor;
  return gallery({
    ...image,
    directions: [direction],
    energies: [imageEnergy(direction, image)],
    labels: [`NAD ${index}`],
    ...(eigenvalues && { values: [eigenvalues[index]] }),
    ...(standardErrors && { errors: [standardErrors[index]] }),
    ...(floor && { resolved: index < floor.index ? 1 : 0 }),
    title: result.name,
    side: Math.max(1, Math.round((2 * usualWidth) / image.width)) / 2,
  });
}

function imageOf({ name, summary }: NadsResult): ImageShape {
  if (summary) return summary.image;
  throw new Error(`${name}: no nads.json beside it, so the shape of its images is not known`);
}
