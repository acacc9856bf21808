import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rankCorrelation } from '@nads/linalg';
import { chart } from '@nads/report';
import { readCsv, type SweepEntry } from '@nads/study';
import { loadModel, writeWhole } from '@nads/study/node';
import { estimated } from './lib/nads-of.ts';
import { numbers, optionsOf, type Given } from './lib/options.ts';
import { swept } from './lib/swept.ts';

const about = `LeNet end to end: its NADs, and test accuracy along them and along Fourier directions, with the published schedule
(10,000 images, 20 epochs). With --reference, differences from the published tables are printed.`;

const options = {
  nads: ['', 'NADs to train along (default: estimated from 100 networks)'],
  indices: ['0-960:64', 'which NADs, trained with sigma 1'],
  places: [
    '8:8,9:7,6:8,8:6,7:5,6:6,5:7,1:7,2:8,12:8,0:0,4:4,10:10,3:11,15:1,14:12',
    'which places of the 16×16 Fourier grid, trained with sigma 3',
  ],
  reference: ['', 'folder with dft_accuracies.csv and nad_accuracies.csv of the published data'],
  seeds: ['0', 'networks for each direction'],
  epochs: ['20', 'number of epochs'],
  out: ['out/lenet-reproduction', 'folder for all results'],
} as const;

const model = fileURLToPath(new URL('../models/lenet.onnx', import.meta.url));
const image = { channels: 1, height: 32, width: 32 };

/** Side of the published Fourier grid. */
const side = 16;

/** Estimates LeNet's NADs, trains along them and along plane waves, and compares with what is published. */
export async function experiment(args: readonly string[]): Promise<number> {
  const given = optionsOf('lenet', about, options, args);
  if (!given) return 0;
  const { out, reference, nads } = given;
  const own = join(out, 'nads');
  if (nads === '') await estimated(() => loadModel(model), own, 100);
  const along = await learnt('along-nads', `nads:${nads || own}`, given.indices, 1, given);
  const grid = await learnt('along-fourier', `fourier:${side}`, given.places, 3, given);
  const correlation = rankCorrelation(
    along.map(({ index }) => index),
    along.map(percent),
  );
  console.log(
    `Spearman correlation of accuracy with the index of the NAD: ${correlation.toFixed(3)}`,
  );
  const published = reference === '' ? undefined : readPublished(reference);
  if (published) {
    compare('NADs', along, index => published.nads.get(`${index}`));
    compare('Fourier directions', grid, index =>
      published.fourier.get(`${index % side},${Math.floor(index / side)}`),
    );
  }
  writeWhole(join(out, 'lenet.svg'), picture(along, published));
  console.log(`written to ${out}`);
  return 0;
}

const percent = ({ testAccuracy }: SweepEntry): number => 100 * testAccuracy;

/** What LeNet learns along some directions, by index and seed. */
function learnt(
  name: string,
  spec: string,
  indices: string,
  sigma: number,
  { seeds, epochs, out }: Given<typeof options>,
): Promise<SweepEntry[]> {
  const settings = { sigma, epsilon: 2, seeds: numbers(seeds), epochs: Number(epochs) };
  return swept('lenet', { spec, image, indices }, settings, join(out, name));
}

/** Published accuracies of LeNet, in percent. */
interface Published {
  /** By index. */
  readonly nads: ReadonlyMap<string, number>;
  /** By 'x,y'. */
  readonly fourier: ReadonlyMap<string, number>;
}

function readPublished(folder: string): Published {
  const rows = (name: string, keys: readonly string[]) => {
    const file = join(folder, name);
    const lines = readCsv(readFileSync(file, 'utf8'), [...keys, 'LeNet'], file);
    return new Map(
      lines.map(({ cell }) => [keys.map(key => cell(key)).join(), Number(cell('LeNet'))]),
    );
  };
  return {
    nads: rows('nad_accuracies.csv', ['index']),
    fourier: rows('dft_accuracies.csv', ['x', 'y']),
  };
}

function compare(
  name: string,
  entries: readonly SweepEntry[],
  publishedOf: (index: number) => number | undefined,
): void {
  const differences = entries
    .map(entry => Math.abs(percent(entry) - (publishedOf(entry.index) ?? NaN)))
    .toSorted((a, b) => a - b);
  const middle = differences.length / 2;
  const median = (differences[Math.floor(middle - 0.5)] + differences[Math.floor(middle)]) / 2;
  console.log(
    `${name}: ${entries.length} accuracies, median difference to the published ${median.toFixed(2)} points, largest ${differences.at(-1)!.toFixed(2)}`,
  );
}

function picture(along: readonly SweepEntry[], published: Published | undefined): string {
  const indices = [...new Set(along.map(({ index }) => index))];
  return chart({
    title: 'What LeNet learns along its NADs',
    x: { title: 'index of the NAD' },
    y: { title: 'test accuracy, %', domain: [40, 100] },
    series: [
      { label: 'trained here', x: along.map(({ index }) => index), y: along.map(percent) },
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
