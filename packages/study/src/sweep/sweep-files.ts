import { csv } from '../csv.js';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import { gridOf } from './grid-of.js';
import { sortedEntries } from './sorted-entries.js';
import { sweepPictures } from './sweep-pictures.js';
import type { Sweep } from './swept.js';

/** results.csv, and accuracy.svg; where it is over a grid, accuracy.png too. */
export const sweepFiles = (sweep: Sweep, onWarning?: OnWarning): NamedFile[] => [
  ['results.csv', resultsTable(sweep)],
  ...filesOfPictures(sweepPictures(sweep), onWarning),
];

/** Entries as a table, by index and seed. */
function resultsTable(sweep: Sweep): string {
  const { architecture, basis, recipe, entries } = sweep;
  const { sigma, epsilon } = recipe;
  const grid = gridOf(sweep);
  const head =
    'architecture,basis,index,x,y,seed,sigma,epsilon,train_accuracy,test_accuracy,loss'.split(',');
  const rows = sortedEntries(entries).map(({ index, seed, trainAccuracy, testAccuracy, loss }) => {
    const [x, y] = grid?.placeOf(index) ?? [];
    const accuracies = [trainAccuracy, testAccuracy].map(percent);
    return [architecture.name, basis.name, index, x, y, seed, sigma, epsilon, ...accuracies, loss];
  });
  return csv(head, rows);
}

/** Without what floating point adds at the end. */
const percent = (share: number): number => Number((100 * share).toFixed(6));
