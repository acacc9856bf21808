import type { Basis } from '@nads/basis';
import {
  above,
  besideCharts,
  chart,
  framed,
  heatMap,
  imageSheet,
  paragraph,
  type Sheet,
} from '@nads/report';
import { csv } from '../csv.js';
import { basisTitle } from '../file-name.js';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import type { SweepEntry } from './journal.js';
import type { Sweep } from './swept.js';

/** results.csv, and accuracy.svg; where it is over a grid, accuracy.png too. */
export function sweepFiles(sweep: Sweep, onWarning?: OnWarning): NamedFile[] {
  const table: NamedFile = ['results.csv', resultsTable(sweep)];
  if (sweep.entries.length === 0) return [table];
  const grid = gridOf(sweep);
  const draw = () => (grid ? accuracyMap(sweep, grid) : accuracyChart(sweep));
  return [table, ...filesOfPictures([{ name: 'accuracy', draw }], onWarning)];
}

/** A grid that indices are places of. */
interface Grid {
  readonly size: readonly [x: number, y: number];
  readonly placeOf: (index: number) => readonly [x: number, y: number];
}

function gridOf({ basis, identity }: Sweep): Grid | undefined {
  const { size, placeOf } = basis.places ?? {};
  if (size && identity.addressing === 'places')
    return { size, placeOf: index => [index % size[0], Math.floor(index / size[0])] };
  return size && placeOf && { size, placeOf };
}

/** Entries as a table, by index and seed. */
function resultsTable(sweep: Sweep): string {
  const { architecture, basis, recipe, entries } = sweep;
  const { sigma, epsilon } = recipe;
  const grid = gridOf(sweep);
  const head =
    'architecture,basis,index,x,y,seed,sigma,epsilon,train_accuracy,test_accuracy,loss'.split(',');
  const rows = sorted(entries).map(({ index, seed, trainAccuracy, testAccuracy, loss }) => {
    const [x, y] = grid?.placeOf(index) ?? [];
    const accuracies = [trainAccuracy, testAccuracy].map(percent);
    return [architecture.name, basis.name, index, x, y, seed, sigma, epsilon, ...accuracies, loss];
  });
  return csv(head, rows);
}

const sorted = (entries: readonly SweepEntry[]): SweepEntry[] =>
  entries.toSorted((a, b) => a.index - b.index || a.seed - b.seed);

/** Without what floating point adds at the end. */
const percent = (share: number): number => Number((100 * share).toFixed(6));

/** A direction's accuracy over its seeds, in percent. */
interface Point {
  readonly index: number;
  readonly mean: number;
  /** Standard error; NaN of one seed. */
  readonly error: number;
}

function pointsOf(entries: readonly SweepEntry[]): Point[] {
  const groups = new Map<number, number[]>();
  for (const { index, testAccuracy } of sorted(entries)) {
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

const titleOf = ({ architecture, basis, recipe: { sigma, epsilon } }: Sweep): string =>
  `${architecture.name} along ${basisTitle(basis.name)}, σ = ${sigma}, ε = ${epsilon}`;

/** Test accuracy over the index, and beside it the eigenvalues where there are any: an SVG document. */
function accuracyChart(sweep: Sweep): string {
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

function withEigenvalues(accuracy: string, { eigenvalues }: Basis, x: readonly number[]): string {
  if (!eigenvalues) return accuracy;
  const spectrum = chart({
    title: 'Eigenvalues',
    x: { title: 'index of the direction', whole: true },
    y: { title: 'eigenvalue', scale: 'log' },
    series: [{ x, y: x.map(at => eigenvalues[at]) }],
  });
  return besideCharts([accuracy, spectrum]);
}

/** Test accuracies over the grid, x to the right and y down; places that were not trained at are dark. */
function accuracyMap(sweep: Sweep, { size: [width, height], placeOf }: Grid): Sheet {
  const values = new Float64Array(width * height);
  for (const { index, mean } of pointsOf(sweep.entries)) {
    const [x, y] = placeOf(index);
    values[y * width + x] = mean;
  }
  const map = imageSheet(heatMap({ values, height, width, signed: false }), 8);
  return framed(above([paragraph(titleOf(sweep), Math.max(200, map.width)), map], 4), 8);
}
