import { join } from 'node:path';
import { pixelsOf } from '@nads/basis';
import { plainPreprocessing, preprocess, subset, type LabelledImages } from '@nads/dataset';
import { writeModel } from '@nads/onnx';
import {
  csv,
  elasticity,
  elasticityFiles,
  elasticitySummary,
  sourceModel,
  type ElasticitySummary,
} from '@nads/study';
import { FolderStore, nodeEnvironment, openData, writeWhole } from '@nads/study/node';
import { meanOf } from './lib/mean.ts';
import { numbers, optionsOf, type Given } from './lib/options.ts';
import { learnt, twoLayers, type Examples } from './lib/two-layers.ts';

const about = `Local elasticity (He & Su 2020): networks of one hidden layer learn to tell two primary classes from auxiliary ones,
which all have the target 0; then the images of the two primary classes are clustered by how a step at one changes the output for the
other. With a ReLU and without, beside clusters of pixels and principal components.`;

const options = {
  mnist: [undefined, 'MNIST: mnist-train:DIR'],
  cifar: [undefined, 'CIFAR-10: cifar10-train:DIR'],
  pairs: [
    'mnist:5,8:3,9;mnist:4,9:5,7;mnist:7,9:4,5;cifar:1,3:2',
    'data set, primary classes, auxiliary classes',
  ],
  each: ['250', 'images of each primary class, as many auxiliary ones in all'],
  hidden: ['512', 'hidden units'],
  epochs: ['40', 'passes over the images'],
  rate: [
    '0.06',
    'learning rate for MNIST, in inverse proportion to pixels; a tenth without a ReLU',
  ],
  batch: ['50', 'batch size'],
  seeds: ['0,1,2', 'networks for each'],
  out: ['out/elasticity', 'folder for results.csv and one folder per network'],
} as const;

/** Classes to be told apart. */
interface Pair {
  readonly name: string;
  readonly data: 'mnist' | 'cifar';
  readonly primary: readonly number[];
  readonly auxiliary: readonly number[];
}

const methods = ['kernel', 'relative', 'pixels', 'components'] as const;
const networks = ['relu', 'linear'] as const;

const pixelsOfMnist = 784;

/** What one network gives. */
interface Row {
  readonly pair: string;
  readonly network: (typeof networks)[number];
  readonly accuracy: number;
  readonly summary: ElasticitySummary;
}

/** Trains and clusters, and prints a line for each pair and network. */
export async function experiment(args: readonly string[]): Promise<number> {
  const given = optionsOf('elasticity', about, options, args);
  if (!given) return 0;
  const rows: Row[] = [];
  for (const pair of given.pairs.split(';').map(pairOf)) {
    const images = imagesOf(pair, given);
    for (const network of networks) {
      for (const seed of numbers(given.seeds))
        rows.push(await rowOf(pair, images, network, seed, given));
      print(rows.filter(row => row.pair === pair.name && row.network === network));
    }
  }
  const head = ['pair', 'network', 'accuracy', ...methods, 'within', 'between'];
  writeWhole(join(given.out, 'results.csv'), csv(head, rows.map(cellsOf)));
  console.log(`written to ${given.out}`);
  return 0;
}

function pairOf(text: string): Pair {
  const [data, primary, auxiliary] = text.split(':');
  return {
    name: text,
    data: data === 'cifar' ? 'cifar' : 'mnist',
    primary: numbers(primary),
    auxiliary: numbers(auxiliary),
  };
}

/** The first images of each class. */
function imagesOf(
  { data, primary, auxiliary }: Pair,
  given: Given<typeof options>,
): LabelledImages {
  const all = openData(given[data]);
  const each = Number(given.each);
  const few = (classes: readonly number[], count: number): number[] =>
    classes.flatMap(wanted =>
      [...all.labels!.keys()].filter(i => all.labels![i] === wanted).slice(0, count),
    );
  const others = Math.round((each * primary.length) / auxiliary.length);
  return subset(all, [...few(primary, each), ...few(auxiliary, others)]);
}

async function rowOf(
  pair: Pair,
  images: LabelledImages,
  network: Row['network'],
  seed: number,
  given: Given<typeof options>,
): Promise<Row> {
  const { primary, name } = pair;
  const examples = examplesOf(images, pair);
  const fresh = twoLayers(examples.image, Number(given.hidden), network === 'relu', seed);
  const scale = pixelsOfMnist / pixelsOf(examples.image) / (network === 'relu' ? 1 : 10);
  const rate = Number(given.rate) * scale;
  const learning = { rate, epochs: Number(given.epochs), batch: Number(given.batch), seed };
  const { model, accuracy } = await learnt(fresh, examples, learning);
  const source = sourceModel(`${network}-${seed}`, writeModel(model));
  const settings = {
    loss: 'squared' as const,
    data: name,
    images: images.count,
    primary,
    classes: primary,
    seed,
  };
  const found = await elasticity(source, images, settings, nodeEnvironment());
  const folder = `${name.replaceAll(/[:,]/g, '-')}-${network}-${seed}`;
  const files = [['model.onnx', writeModel(model)] as const, ...elasticityFiles(found)];
  await new FolderStore(join(given.out, folder)).write(files);
  return { pair: name, network, accuracy, summary: elasticitySummary(found) };
}

function examplesOf(images: LabelledImages, { primary }: Pair): Examples {
  const pictures = Array.from({ length: images.count }, (_, i) => images.image(i));
  const { shape, data } = preprocess(pictures, plainPreprocessing);
  const [, channels, height, width] = shape;
  const targets = Array.from(images.labels!, label => Number(primary.includes(label)));
  return { image: { channels, height, width }, images: data, targets };
}

const cellsOf = ({ pair, network, accuracy, summary }: Row) => [
  pair,
  network,
  accuracy,
  ...methods.map(method => summary.clusters[method].rand.mean!),
  summary.relative.within.mean!,
  summary.relative.between.mean!,
];

/** A line for the networks of one pair: mean ± standard error of adjusted Rand indices. */
function print(rows: readonly Row[]): void {
  const [{ pair, network }] = rows;
  const shown = (of: (row: Row) => number): string => {
    const { mean, error } = meanOf(rows.map(of));
    return `${mean.toFixed(3)} ± ${error.toFixed(3)}`;
  };
  const found = methods.map(
    method => `${method} ${shown(({ summary }) => summary.clusters[method].rand.mean!)}`,
  );
  const local = (kind: 'within' | 'between'): string =>
    shown(({ summary }) => summary.relative[kind].mean!);
  console.log(
    `${pair} ${network}: accuracy ${shown(({ accuracy }) => accuracy)}; ${found.join(', ')}; ` +
      `S_rel within classes ${local('within')}, between ${local('between')}`,
  );
}
