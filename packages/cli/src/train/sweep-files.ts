import { above, chart, encodePng, enlarge, heatMap, pad, textImage } from '@nads/report';
import { placeOf, type SweepBasis } from '../directions/sweep-directions.js';
import { csv } from '../files/csv.js';
import type { JournalEntry, SweepIdentity } from './sweep-journal.js';

/** Entries as a table, by index and seed. */
export function resultsTable(
  entries: readonly JournalEntry[],
  identity: SweepIdentity,
  { side }: SweepBasis,
): string {
  const { architecture, basis, sigma, epsilon } = identity;
  const head =
    'architecture,basis,index,x,y,seed,sigma,epsilon,train_accuracy,test_accuracy,loss'.split(',');
  const rows = sorted(entries).map(({ index, seed, trainAccuracy, testAccuracy, loss }) => {
    const [x, y] = side === undefined ? [] : placeOf(index, side);
    const accuracies = [trainAccuracy, testAccuracy].map(share => percent(share));
    return [architecture, basis, index, x, y, seed, sigma, epsilon, ...accuracies, loss];
  });
  return csv(head, rows);
}

const sorted = (entries: readonly JournalEntry[]): JournalEntry[] =>
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

function pointsOf(entries: readonly JournalEntry[]): Point[] {
  const indices = [...new Set(sorted(entries).map(({ index }) => index))];
  return indices.map(index => {
    const group = entries.filter(entry => entry.index === index);
    const values = group.map(({ testAccuracy }) => 100 * testAccuracy);
    const mean = values.reduce((sum, x) => sum + x / values.length, 0);
    const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    const error = Math.sqrt(square / (values.length - 1) / values.length);
    return { index, mean, error: values.length > 1 ? error : NaN };
  });
}

/** Test accuracy over the index, and beside it the eigenvalues where there are any: an SVG document. */
export function accuracyChart(
  entries: readonly JournalEntry[],
  title: string,
  { eigenvalues }: SweepBasis,
): string {
  const points = pointsOf(entries);
  const x = points.map(({ index }) => index);
  const index = { title: 'index of the direction' };
  const accuracy = chart({
    title,
    x: index,
    y: { title: 'test accuracy, %', domain: [0, 100] },
    series: [{ x, y: points.map(({ mean }) => mean), errors: points.map(({ error }) => error) }],
    rules: [{ axis: 'y', at: 50, label: 'chance' }],
  });
  if (!eigenvalues) return accuracy;
  const spectrum = chart({
    title: 'Eigenvalues',
    x: index,
    y: { title: 'eigenvalue', scale: 'log' },
    series: [{ x, y: x.map(at => eigenvalues[at]) }],
  });
  const [width, height] = [720, 420];
  const right = spectrum.replace('<svg', `<svg x="${width}"`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * width}" height="${height}">${accuracy}${right}</svg>`;
}

/** Test accuracies over the grid, x to the right and y down; places that were not trained at are dark: a PNG. */
export function accuracyMap(
  entries: readonly JournalEntry[],
  title: string,
  side: number,
): Uint8Array {
  const values = new Float64Array(side * side);
  for (const { index, mean } of pointsOf(entries)) values[index] = mean;
  const map = enlarge(heatMap({ values, height: side, width: side, signed: false }), 16);
  const margin = { top: 8, left: 8, right: 8, bottom: 8 };
  return encodePng(pad(above([textImage(title, 1), map], 6), margin));
}
