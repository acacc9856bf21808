import { besideCharts, chart, divergingImage, type RasterImage, type Sheet } from '@nads/report';
import { basisTitle } from '../file-name.js';
import type { Picture } from '../picture.js';
import { accuracyMap } from './accuracy-map.js';
import { gridOf, type Grid, type SweptDirections } from './grid-of.js';
import type { SweepEntry } from './journal.js';
import { sortedEntries } from './sorted-entries.js';

/** A sweep as it is drawn. */
export interface PicturedSweep extends SweptDirections {
  readonly architecture: { readonly name: string };
  readonly recipe: { readonly sigma: number; readonly epsilon: number };
  readonly entries: readonly SweepEntry[];
}

/**
 * Accuracy over a grid or a list of directions; none before the first network is trained.
 * @param withDirections a map has the direction of each place in it, for pages to show
 */
export function sweepPictures(sweep: PicturedSweep, withDirections = false): Picture[] {
  if (sweep.entries.length === 0) return [];
  const grid = gridOf(sweep);
  const draw = () => (grid ? mapOver(sweep, grid, withDirections) : accuracyChart(sweep));
  return [{ name: 'accuracy', draw, caption: 'Test accuracy along the directions' }];
}

/** A direction's accuracy over its seeds, in percent. */
interface Point {
  readonly index: number;
  readonly mean: number;
  /** Standard error; NaN of one seed. */
  readonly error: number;
}

function pointsOf(entries: readonly SweepEntry[]): Point[] {
  const groups = new Map<number, number[]>();
  for (const { index, testAccuracy } of sortedEntries(entries)) {
    const group = groups.get(index);
    if (group) group.push(100 * testAccuracy);
    else groups.set(index, [100 * testAccuracy]);
  }
  return [...groups].map(([index, values]) => ({ index, ...meanOf(values) }));
}

function meanOf(values: readonly number[]): Pick<Point, 'mean' | 'error'> {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0);
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const error = Math.sqrt(square / (values.length - 1) / values.length);
  return { mean, error: values.length > 1 ? error : NaN };
}

const titleOf = ({ architecture, basis, recipe: { sigma, epsilon } }: PicturedSweep): string =>
  `${architecture.name} along ${basisTitle(basis.name)}, σ = ${sigma}, ε = ${epsilon}`;

/** Test accuracy over the index, and beside it the eigenvalues where there are any: an SVG document. */
function accuracyChart(sweep: PicturedSweep): string {
  const points = pointsOf(sweep.entries);
  const x = points.map(({ index }) => index);
  const index = { title: 'index of the direction', whole: true };
  const accuracy = chart({
    title: titleOf(sweep),
    x: index,
    y: { title: 'test accuracy, %', domain: [0, 102] },
    series: [
      {
        label: 'mean over seeds ± one standard error',
        x,
        y: points.map(({ mean }) => mean),
        errors: points.map(({ error }) => error),
      },
    ],
    rules: [{ axis: 'y', at: 50, label: 'chance' }],
  });
  return withEigenvalues(accuracy, sweep.basis, x);
}

function withEigenvalues(
  accuracy: string,
  { eigenvalues }: PicturedSweep['basis'],
  x: readonly number[],
): string {
  if (!eigenvalues) return accuracy;
  const spectrum = chart({
    title: 'Eigenvalues',
    x: { title: 'index of the direction', whole: true },
    y: { title: 'eigenvalue', scale: 'log' },
    series: [{ x, y: x.map(at => eigenvalues[at]) }],
  });
  return besideCharts([accuracy, spectrum]);
}

function mapOver(sweep: PicturedSweep, { size, placeOf }: Grid, withDirections: boolean): Sheet {
  const accuracies: (number | undefined)[] = Array.from({ length: size[0] * size[1] });
  for (const { index, mean } of pointsOf(sweep.entries)) {
    const [x, y] = placeOf(index);
    accuracies[y * size[0] + x] = mean;
  }
  const { places, shape } = sweep.basis;
  const directionOf = (x: number, y: number): RasterImage =>
    divergingImage(places!.direction(x, y), shape.height, shape.width);
  return accuracyMap({
    title: titleOf(sweep),
    size,
    accuracies,
    ...(withDirections && { directionOf }),
  });
}
