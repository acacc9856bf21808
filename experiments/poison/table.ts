// Clean accuracy by the NADs that carry classes, or that were removed: results.csv, poison.svg, and means over seeds.
// As a stage: table.ts --out=FOLDER NETWORKS…, folders named as in clean-lenet-SEED, poisoned-lenet-INDEX-SEED and
// without-lenet-INDEX-LAST-SEED
import { basename, join } from 'node:path';
import { chart, type Series } from '@nads/report';
import { csv } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { learntIn, type Learnt } from '../lib/learnt.ts';
import { grouped, meanOf, show } from '../lib/mean.ts';
import { givenToStage } from '../lib/stage.ts';

/** A network, and the images that it learnt; clean ones have no index. */
interface Network extends Learnt {
  readonly images: string;
  readonly architecture: string;
  readonly index: string;
  readonly seed: string;
}

const named = /^(clean|poisoned|without)-(.+?)(?:-(\d+)(?:-\d+)?)?-(\d+)$/;

const { out, words } = givenToStage();
const networks = await Promise.all(words.map(networkIn));
const head = ['images', 'architecture', 'index', 'seed', 'train_accuracy', 'test_accuracy'];
const rows = networks.map(({ images, architecture, index, seed, train, test }) => [
  images,
  architecture,
  index,
  seed,
  train,
  test,
]);
writeWhole(join(out, 'results.csv'), csv(head, rows));
const groups = grouped(networks, one => `${one.architecture} ${one.images} ${one.index}`).map(
  same => ({
    ...same[0],
    train: meanOf(same.map(one => one.train)),
    test: meanOf(same.map(one => one.test)),
  }),
);
for (const { architecture, images, index, train, test } of groups)
  console.log(
    `${architecture}, ${images} ${index}: clean test ${show(test)} %, its training images ${show(train)} %`,
  );
writeWhole(
  join(out, 'poison.svg'),
  chart({
    title: 'Clean accuracy after training on poisoned images',
    x: { title: 'index of the first NAD that carries a class, plus 1', scale: 'log' },
    y: { title: 'test accuracy, %' },
    series: [...new Set(networks.map(({ architecture }) => architecture))].flatMap(seriesOf),
  }),
);

async function networkIn(folder: string): Promise<Network> {
  const [, images, architecture, index = '', seed] = named.exec(basename(folder)) ?? [];
  if (seed === undefined) throw new Error(`${folder}: not named as this table needs it`);
  return { images, architecture, index, seed, ...(await learntIn(folder)) };
}

function seriesOf(name: string): Series[] {
  const of = (images: string) =>
    groups.filter(one => one.architecture === name && one.images === images);
  const line = (images: string): Pick<Series, 'x' | 'y' | 'errors'> => ({
    x: of(images).map(({ index }) => 1 + Number(index)),
    y: of(images).map(({ test }) => test.mean),
    errors: of(images).map(({ test }) => test.error),
  });
  const { x } = line('poisoned');
  const clean = line('clean').y[0];
  return [
    { label: name, ...line('poisoned') },
    { label: `${name}, clean`, x, y: Array.from(x, () => clean), points: false, dashed: true },
    { label: `${name}, without those directions`, ...line('without'), colour: '#999999' },
  ];
}
