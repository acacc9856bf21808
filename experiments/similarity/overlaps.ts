// Overlaps of the first NADs of any two architectures, overlaps.csv.
// As a stage: overlaps.ts --out=FOLDER NADS…, folders named estimate-ARCHITECTURE
import { basename, join } from 'node:path';
import { overlap } from '@nads/linalg';
import { csv } from '@nads/study';
import { readNads, writeWhole } from '@nads/study/node';
import { givenToStage } from '../lib/stage.ts';

/** Directions in the subspaces that are compared. */
const tops = [10, 100];

const { out, words } = givenToStage();
const all = words.map(folder => ({
  name: basename(folder).replace('estimate-', ''),
  rows: readNads(folder).rows,
}));
const rows = all.flatMap((first, i) =>
  all
    .slice(i + 1)
    .map(second => [
      first.name,
      second.name,
      ...tops.map(top => overlap(first.rows, second.rows, top)),
    ]),
);
writeWhole(
  join(out, 'overlaps.csv'),
  csv(['first', 'second', ...tops.map(top => `top_${top}`)], rows),
);
console.log(`overlaps of the first ${tops.join(' and ')} NADs`);
for (const [first, second, ...shares] of rows)
  console.log(`  ${first}, ${second}: ${shares.map(x => Number(x).toFixed(2)).join(', ')}`);
