import type { PageTable } from '@nads/report';
import { gridOf, type Grid } from '../../sweep/grid-of.js';
import type { SweepEntry } from '../../sweep/journal.js';
import { savedSweep } from '../../sweep/saved-sweep.js';
import { sortedEntries } from '../../sweep/sorted-entries.js';
import { sweepPictures } from '../../sweep/sweep-pictures.js';
import { firstRows } from '../first-rows.js';
import type { ReadPart } from '../reported-part.js';
import { percent, shown } from '../shown.js';

/** Rows of the table of networks. */
const most = 200;

/** Accuracy of networks that were trained along directions. */
export const reportedSweep: ReadPart = async (saved, context) => {
  const sweep = await savedSweep(saved, context);
  const { architecture, basis, recipe, identity, entries } = sweep;
  return {
    title: `Sweep of ${architecture.name}`,
    facts: [
      ['architecture', architecture.name],
      ['basis', basis.name],
      ['image', String(identity.image)],
      ['σ', String(recipe.sigma)],
      ['ε', String(recipe.epsilon)],
      ['networks', String(entries.length)],
    ],
    pictures: sweepPictures(sweep, true),
    tables: [firstRows(networkTable(entries, gridOf(sweep)), most, 'results.csv')],
  };
};

const networkTable = (entries: readonly SweepEntry[], grid: Grid | undefined): PageTable => ({
  caption: 'Networks',
  head: [
    'index',
    ...(grid ? ['x', 'y'] : []),
    'seed',
    'training accuracy',
    'test accuracy',
    'loss',
  ],
  rows: sortedEntries(entries).map(({ index, seed, trainAccuracy, testAccuracy, loss }) => [
    String(index),
    ...(grid ? grid.placeOf(index).map(String) : []),
    String(seed),
    percent(trainAccuracy),
    percent(testAccuracy),
    shown(loss),
  ]),
});
