import { join } from 'node:path';
import { overlap } from '@nads/linalg';
import { besideCharts, chart, type Series } from '@nads/report';
import { csv, freshModel, readHistory, type EpochRecord } from '@nads/study';
import { FolderStore, readNads, writeWhole } from '@nads/study/node';
import { architectureOf } from '@nads/train';
import { alongOptions, compareAlong } from './lib/compare-along.ts';
import { firstImages } from './lib/first-images.ts';
import { meanOf, show } from './lib/mean.ts';
import { estimated } from './lib/nads-of.ts';
import { imageOf, nadsFolder } from './lib/places.ts';
import { list, numbers, optionsOf, type Given } from './lib/options.ts';
import { trainAll } from './lib/train-all.ts';
import type { TrainingTask } from './lib/training-service.ts';

const about = `What does a learnt measure, or a polynomial, do to the directions that a network prefers, and to what it learns?
NADs of small networks, their spectra and mutual overlaps; how the networks learn D(v) along NADs of their own and of the first one, the
plain network (sigma 1, epsilon 2, the published schedule with fewer images and epochs); and how they learn the first images of a set.
Progress is saved; run the same command to continue.`;

const options = {
  data: [undefined, 'training images, as for nads train: mnist-train:DIR, cifar10-train:DIR'],
  'test-data': [undefined, 'test images: mnist:DIR, cifar10:DIR'],
  images: ['3000', 'training images'],
  'test-images': ['1000', 'test images'],
  architectures: ['cnn,nsl-static,nsl-dynamic,pi-net,pi-net-relu', 'names of architectures'],
  seeds: ['0,1,2', 'networks that learn for each'],
  epochs: ['4', 'passes over the training images'],
  rate: ['0.001', "Adam's initial learning rate, falling linearly to 0"],
  networks: ['4', 'fresh networks that NADs are estimated from'],
  ...alongOptions,
  workers: ['2', 'networks trained in parallel, on one thread each'],
  out: [
    'out/similarity',
    'folder for the pictures nads, along and learning, and the tables overlaps, along and accuracies',
  ],
} as const;

type Options = Given<typeof options>;

/** Directions in the subspaces that are compared. */
const tops = [10, 100];

/** Estimates, compares, trains, and prints tables. */
export async function experiment(args: readonly string[]): Promise<number> {
  const given = optionsOf('similarity', about, options, args);
  if (!given) return 0;
  const names = list(given.architectures);
  await compareNads(names, given);
  await compareAlong(names, given);
  await compareLearning(names, given);
  console.log(`written to ${given.out}`);
  return 0;
}

async function compareNads(names: readonly string[], { data, networks, out }: Options) {
  const sizes = { ...imageOf(data), classes: 10 };
  const results: ReturnType<typeof readNads>[] = [];
  for (const name of names) {
    const folder = nadsFolder(out, name);
    const { init } = architectureOf(name);
    await estimated(() => freshModel(name, sizes), folder, Number(networks), { init });
    results.push(readNads(folder));
  }
  writeWhole(join(out, 'nads.svg'), spectra(names, results));
  const rows = names.flatMap((first, i) =>
    names.slice(i + 1).map((second, j) => {
      const pair = [results[i].rows, results[i + 1 + j].rows] as const;
      return [first, second, ...tops.map(top => overlap(...pair, top))];
    }),
  );
  writeWhole(
    join(out, 'overlaps.csv'),
    csv(['first', 'second', ...tops.map(k => `top_${k}`)], rows),
  );
  console.log(`overlaps of the first ${tops.join(' and ')} NADs`);
  for (const [first, second, ...shares] of rows)
    console.log(`  ${first}, ${second}: ${shares.map(x => Number(x).toFixed(2)).join(', ')}`);
}

const spectra = (
  names: readonly string[],
  results: readonly ReturnType<typeof readNads>[],
): string =>
  chart({
    title: 'Eigenvalues of NADs, each as a share of the first',
    x: { title: 'index', scale: 'log' },
    y: { title: 'eigenvalue', scale: 'log' },
    series: results.map(({ eigenvalues = [] }, i): Series => ({
      label: names[i],
      x: Array.from(eigenvalues, (_, k) => k + 1),
      y: Array.from(eigenvalues, value => value / eigenvalues[0]),
    })),
  });

async function compareLearning(names: readonly string[], given: Options): Promise<void> {
  const { out, epochs, rate, workers } = given;
  const settings = { optimizer: 'adam', epochs: Number(epochs), rate: Number(rate) } as const;
  const setup = { preprocessing: {}, settings: { ...settings, batch: 64, threads: 1 } };
  const tasks = tasksOf(names, given);
  await trainAll(setup, tasks, Number(workers));
  const histories = await Promise.all(
    tasks.map(({ folder }) => readHistory(new FolderStore(folder))),
  );
  const of = (name: string) => histories.filter((_, i) => tasks[i].architecture === name);
  writeWhole(join(out, 'learning.svg'), curves(names, of));
  const rows = tasks.flatMap(({ architecture, seed }, i) =>
    histories[i].map(one => [architecture, seed, one.epoch, one.loss, one.testAccuracy]),
  );
  const head = ['architecture', 'seed', 'epoch', 'loss', 'test_accuracy'];
  writeWhole(join(out, 'accuracies.csv'), csv(head, rows));
  console.log('test accuracy after the last epoch, mean and standard error');
  for (const name of names)
    console.log(`  ${name}: ${show(meanOf(of(name).map(all => all.at(-1)!.testAccuracy!)))} %`);
}

function tasksOf(names: readonly string[], given: Options): TrainingTask[] {
  const { out, images, seeds } = given;
  const data = firstImages(given.data, Number(images), out, 'train');
  const testData = firstImages(given['test-data'], Number(given['test-images']), out, 'test');
  return numbers(seeds).flatMap(seed =>
    names.map(architecture => {
      const folder = join(out, `${architecture}-${seed}`);
      return { architecture, data, testData, seed, folder };
    }),
  );
}

/** Mean over seeds with standard errors, epoch by epoch. */
function curves(
  names: readonly string[],
  of: (name: string) => readonly (readonly EpochRecord[])[],
): string {
  const seriesOf = (key: 'loss' | 'testAccuracy'): Series[] =>
    names.map(label => {
      const all = of(label);
      const means = all[0].map((_, epoch) => meanOf(all.map(one => one[epoch][key] ?? NaN)));
      return {
        label,
        x: means.map((_, epoch) => epoch),
        y: means.map(({ mean }) => mean),
        errors: means.map(({ error }) => error),
      };
    });
  const drawn = (title: string, y: string, key: 'loss' | 'testAccuracy'): string =>
    chart({
      title,
      width: 540,
      x: { title: 'epoch', whole: true },
      y: { title: y, ...(key === 'loss' && { scale: 'log' }) },
      series: seriesOf(key),
    });
  const loss = drawn('Learning', 'training cross-entropy, nats', 'loss');
  return besideCharts([loss, drawn('Test images', 'correct, %', 'testAccuracy')], 540);
}
