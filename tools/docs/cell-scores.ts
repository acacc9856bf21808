// How well scores rank cells of NAS-Bench-201: Kendall's tau with published accuracies, and the best of N cells by score.
//   npm run script -- tools/docs/cell-scores.ts TABLE DATA [CELLS] [SCORES]
// TABLE is a CSV file with a column `cell` and accuracies; DATA is as in nads score, as in cifar10-train:data. Scores are kept in
// out/cell-scores and not computed again.
import { readFileSync } from 'node:fs';
import { kendallTau, quantile, Random } from '@nads/linalg';
import { scoreNames, type ScoreName } from '@nads/score';
import { readCsv, scoreCells, type Row } from '@nads/study';
import { FolderStore, nodeEnvironment, openData, threadPool } from '@nads/study/node';

const accuracies = [
  'cifar10_test_12',
  'cifar100_test_12',
  'imagenet16_test_12',
  'cifar10_valid_200',
] as const;

/** Resamplings of the cells. */
const resamplings = 1000;

const [reference, data, count = '1000', wanted = 'naswot,naswot_per_unit,parameters,macs'] =
  process.argv.slice(2);
const scores = wanted.split(',').map(name => {
  const found = scoreNames.find(one => one === name);
  if (!found) throw new Error(`unknown score '${name}'; expected some of ${scoreNames.join(', ')}`);
  return found;
});
const table = readCsv(readFileSync(reference, 'utf8'), ['cell', ...accuracies], reference);
const random = new Random(1);
const drawn = Array.from(
  random.permutation(table.length).subarray(0, Number(count)),
  i => table[i],
);
// those whose accuracy after 200 epochs is known are few, and all taken
const long = table.filter(row => row.cell('cifar10_valid_200') !== '' && !drawn.includes(row));
const file = `scores-${count}.csv`;
const store = new FolderStore('out/cell-scores');

const pool = threadPool(undefined, 'cell-scores');
const started = performance.now();
await scoreCells(
  [...drawn, ...long].map(row => row.cell('cell')),
  openData(data),
  {
    data,
    scores,
    preprocessing: [{ name: 'of the table', fields: { range: [0, 1], mean: [0.5], std: [0.25] } }],
  },
  file,
  { ...nodeEnvironment(), pool, store },
);
await pool.close();
const seconds = (performance.now() - started) / 1000;
console.log(`${drawn.length + long.length} cells in ${seconds.toFixed(0)} s`);

const scored = new Map(
  readCsv(readFileSync(`out/cell-scores/${file}`, 'utf8'), ['cell', ...scores], file).map(row => [
    row.cell('cell'),
    row,
  ]),
);

console.log(['Kendall τ'.padEnd(16), ...accuracies.map(name => name.padStart(25))].join(''));
for (const score of scores)
  console.log(
    [score.padEnd(16), ...accuracies.map(name => tau(score, name).padStart(25))].join(''),
  );
console.log('\naccuracy of the best of N cells by score, mean over draws');
for (const score of scores) {
  const cells = [10, 100, 1000].filter(n => n <= drawn.length).map(n => bestOf(score, n));
  console.log([score.padEnd(16), ...cells.map(text => text.padStart(20))].join(''));
}

/** τ and the middle 95 % of its values over resampled cells. */
function tau(score: ScoreName, accuracy: (typeof accuracies)[number]): string {
  const rows = (accuracy === 'cifar10_valid_200' ? table : drawn).filter(
    row => row.cell(accuracy) !== '',
  );
  const pairs = rows.map(row => [scoreOf(row, score), Number(row.cell(accuracy))] as const);
  const correlation = (some: typeof pairs): number =>
    kendallTau(
      some.map(([x]) => x),
      some.map(([, y]) => y),
    );
  const source = random.fork(`${score}/${accuracy}`);
  const resampled = Array.from({ length: resamplings }, (_, i) => {
    const places = new Float64Array(pairs.length);
    source.fork(i).fillUniform(places, 0, pairs.length);
    return correlation(Array.from(places, at => pairs[Math.floor(at)]));
  });
  const [low, high] = [0.025, 0.975].map(p => quantile(resampled, p));
  return `${correlation(pairs).toFixed(3)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** Test accuracy on CIFAR-10 after 12 epochs of the cell of the highest score among N, over 200 draws. */
function bestOf(score: ScoreName, n: number): string {
  const source = random.fork(`best/${score}/${n}`);
  const best = Array.from({ length: n === drawn.length ? 1 : 200 }, (_, draw) => {
    const some = source.fork(draw).permutation(drawn.length).subarray(0, n);
    const rows = Array.from(some, i => drawn[i]);
    const found = rows.reduce((a, b) => (scoreOf(a, score) >= scoreOf(b, score) ? a : b));
    return Number(found.cell('cifar10_test_12'));
  });
  const mean = best.reduce((sum, x) => sum + x, 0) / best.length;
  return `${n}: ${mean.toFixed(2)} %`;
}

function scoreOf(row: Row, score: ScoreName): number {
  return scored.get(row.cell('cell'))!.number(score);
}
