import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rankCorrelation } from '@nads/linalg';
import { chart } from '@nads/report';
import { nads, table } from './lib/nads.mjs';
import { list, optionsOf } from './lib/options.mjs';

const about = `LeNet end to end: its NADs, and what it learns along them and along Fourier directions, by the published schedule
(10,000 images, 20 epochs). With a folder of the published tables the differences to them are printed, too.`;

const options = {
  nads: ['', 'NADs to train along; estimated from 100 networks where not given'],
  indices: ['0-960:64', 'which NADs, trained with sigma 1'],
  places: [
    '8:8,9:7,6:8,8:6,7:5,6:6,5:7,1:7,2:8,12:8,0:0,4:4,10:10,3:11,15:1,14:12',
    'which places of the 16×16 Fourier grid, trained with sigma 3',
  ],
  reference: ['', 'folder with dft_accuracies.csv and nad_accuracies.csv of the published data'],
  seeds: ['0', 'networks for each direction'],
  epochs: ['20', 'fewer for a quick look'],
  out: ['out/lenet-reproduction', 'folder for all of it'],
};

const model = new URL('../models/lenet.onnx', import.meta.url).pathname;

export async function experiment(args) {
  const given = optionsOf('lenet', about, options, args);
  if (!given) return 0;
  const { out, reference } = given;
  const estimated = join(out, 'nads');
  if (given.nads === '' && !existsSync(join(estimated, 'nads.npz')))
    await nads(['estimate', model, '--networks', '100', '--seed', '1', '--out', estimated]);
  const sweep = async (name, basis, indices, sigma) => {
    const folder = join(out, name);
    await nads([
      'sweep',
      'lenet',
      '--basis',
      basis,
      '--indices',
      indices,
      '--sigma',
      sigma,
      '--epsilon',
      '2',
      '--seeds',
      given.seeds,
      '--epochs',
      given.epochs,
      '--out',
      folder,
    ]);
    return table(join(folder, 'results.csv'));
  };
  const along = await sweep('along-nads', `nads:${given.nads || estimated}`, given.indices, '1');
  const grid = await sweep('along-fourier', 'fourier:16', given.places, '3');
  const accuracy = rows => rows.map(row => Number(row.test_accuracy));
  const correlation = rankCorrelation(
    along.map(({ index }) => Number(index)),
    accuracy(along),
  );
  console.log(
    `Spearman correlation of accuracy with the index of the NAD: ${correlation.toFixed(3)}`,
  );
  const published = reference === '' ? undefined : readPublished(reference);
  if (published) {
    compare('NADs', along, row => published.nads.get(row.index));
    compare('Fourier directions', grid, ({ x, y }) => published.fourier.get(`${x},${y}`));
  }
  writeFileSync(join(out, 'lenet.svg'), picture(along, published));
  console.log(`written to ${out}`);
  return 0;
}

function readPublished(folder) {
  const rows = name => table(join(folder, name));
  return {
    nads: new Map(rows('nad_accuracies.csv').map(row => [row.index, Number(row.LeNet)])),
    fourier: new Map(
      rows('dft_accuracies.csv').map(row => [`${row.x},${row.y}`, Number(row.LeNet)]),
    ),
  };
}

function compare(name, rows, publishedOf) {
  const differences = rows
    .map(row => Math.abs(Number(row.test_accuracy) - publishedOf(row)))
    .toSorted((a, b) => a - b);
  const middle = differences.length / 2;
  const median = (differences[Math.floor(middle - 0.5)] + differences[Math.floor(middle)]) / 2;
  console.log(
    `${name}: ${rows.length} accuracies, median difference to the published ${median.toFixed(2)} points, largest ${differences.at(-1).toFixed(2)}`,
  );
}

function picture(along, published) {
  const x = along.map(({ index }) => Number(index));
  return chart({
    title: 'What LeNet learns along its NADs',
    x: { title: 'index of the NAD' },
    y: { title: 'test accuracy, %', domain: [40, 100] },
    series: [
      { label: 'trained here', x, y: along.map(row => Number(row.test_accuracy)) },
      ...(published
        ? [
            {
              label: 'published (Ortiz-Jiménez et al. 2020)',
              x: list([...new Set(x)].join()).map(Number),
              y: [...new Set(x)].map(index => published.nads.get(String(index)) ?? NaN),
              dashed: true,
            },
          ]
        : []),
    ],
  });
}
