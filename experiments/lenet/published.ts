// What LeNet learns along its NADs and along plane waves, beside the published accuracies where these are there.
// As a stage: published.ts --reference=FOLDER --out=FOLDER NADS FOURIER, folders of the two sweeps; FOLDER of the published data has
// dft_accuracies.csv and nad_accuracies.csv.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rankCorrelation } from '@nads/linalg';
import { chart } from '@nads/report';
import { csv, readCsv } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { givenToStage } from '../lib/stage.ts';

const { option, out, words } = givenToStage('reference');
const reference = option('reference');
const [alongNads, alongFourier] = words.map(accuracies);
const published = existsSync(reference) ? readPublished(reference) : undefined;
if (!published) console.error(`${reference} is not there: nothing to compare with`);

const rows = [
  ...alongNads.map(({ index, test }) => ['nads', index, test, published?.nads.get(`${index}`)]),
  ...alongFourier.map(({ place, test }) => ['fourier', place, test, published?.fourier.get(place)]),
];
writeWhole(
  join(out, 'accuracies.csv'),
  csv(
    ['basis', 'direction', 'test_accuracy', 'published'],
    rows.map(row => row.map(cell => cell ?? '')),
  ),
);
for (const basis of ['nads', 'fourier']) console.log(differences(basis));
const correlation = rankCorrelation(
  alongNads.map(({ index }) => index),
  alongNads.map(({ test }) => test),
);
console.log(
  `Spearman correlation of accuracy with the index of the NAD: ${correlation.toFixed(3)}`,
);
writeWhole(join(out, 'lenet.svg'), picture());

/** A network of a sweep: test accuracy in percent; 'x,y' where directions have places. */
interface Learnt {
  readonly index: number;
  readonly place: string;
  readonly test: number;
}

function accuracies(folder: string): Learnt[] {
  const file = join(folder, 'results.csv');
  const columns = ['index', 'x', 'y', 'test_accuracy'];
  return readCsv(readFileSync(file, 'utf8'), columns, file).map(({ cell }) => ({
    index: Number(cell('index')),
    place: `${cell('x')},${cell('y')}`,
    test: Number(cell('test_accuracy')),
  }));
}

/** Published accuracies of LeNet, in percent: by index, and by 'x,y'. */
interface Published {
  readonly nads: ReadonlyMap<string, number>;
  readonly fourier: ReadonlyMap<string, number>;
}

function readPublished(folder: string): Published {
  const table = (name: string, keys: readonly string[]) => {
    const file = join(folder, name);
    const lines = readCsv(readFileSync(file, 'utf8'), [...keys, 'LeNet'], file);
    return new Map(
      lines.map(({ cell }) => [keys.map(key => cell(key)).join(), Number(cell('LeNet'))]),
    );
  };
  return {
    nads: table('nad_accuracies.csv', ['index']),
    fourier: table('dft_accuracies.csv', ['x', 'y']),
  };
}

function differences(basis: string): string {
  const own = rows.filter(([name]) => name === basis);
  const found = own
    .flatMap(([, , test, there]) =>
      there === undefined ? [] : [Math.abs(Number(test) - Number(there))],
    )
    .toSorted((a, b) => a - b);
  if (found.length === 0) return `${basis}: ${own.length} accuracies`;
  const middle = found.length / 2;
  const median = (found[Math.ceil(middle) - 1] + found[Math.floor(middle)]) / 2;
  return `${basis}: ${own.length} accuracies, median difference to ${found.length} published ones ${median.toFixed(2)} points, largest ${found.at(-1)!.toFixed(2)}`;
}

function picture(): string {
  const indices = [...new Set(alongNads.map(({ index }) => index))];
  return chart({
    title: 'What LeNet learns along its NADs',
    x: { title: 'index of the NAD' },
    y: { title: 'test accuracy, %', domain: [40, 100] },
    series: [
      {
        label: 'trained here',
        x: alongNads.map(({ index }) => index),
        y: alongNads.map(({ test }) => test),
      },
      ...(published
        ? [
            {
              label: 'published (Ortiz-Jiménez et al. 2020)',
              x: indices,
              y: indices.map(index => published.nads.get(`${index}`) ?? NaN),
              dashed: true,
            },
          ]
        : []),
    ],
  });
}
