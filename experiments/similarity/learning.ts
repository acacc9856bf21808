// Test accuracies after training on images: accuracies.csv, and means over seeds; training curves of each set, SET.svg.
// As a stage: learning.ts --out=FOLDER NETWORKS…, folders named learn-SET-ARCHITECTURE-SEED
import { basename, join } from 'node:path';
import { besideCharts, chart } from '@nads/report';
import { csv, type EpochRecord } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { learntIn } from '../lib/learnt.ts';
import { grouped, meanOf, show } from '../lib/mean.ts';
import { meanSeries } from '../lib/mean-series.ts';
import { givenToStage } from '../lib/stage.ts';

const { out, words } = givenToStage();
const networks = await Promise.all(
  words.map(async folder => {
    const [, set, name, seed] = /^learn-([a-z\d]+)-(.+)-(\d+)$/.exec(basename(folder))!;
    return { set, name, seed, ...(await learntIn(folder)) };
  }),
);
const head = ['set', 'architecture', 'seed', 'train_accuracy', 'test_accuracy'];
const rows = networks.map(({ set, name, seed, train, test }) => [set, name, seed, train, test]);
writeWhole(join(out, 'accuracies.csv'), csv(head, rows));
const [width, height] = [480, 340];
for (const ofSet of grouped(networks, ({ set }) => set))
  writeWhole(join(out, `${ofSet[0].set}.svg`), curves(ofSet));
console.log('test accuracy after the last epoch, mean and standard error');
for (const same of grouped(networks, ({ set, name }) => `${set}, ${name}`))
  console.log(`  ${same[0].set}, ${same[0].name}: ${show(meanOf(same.map(({ test }) => test)))} %`);

function curves(ofSet: typeof networks): string {
  const series = (of: (epoch: EpochRecord) => number) =>
    meanSeries(
      ofSet.flatMap(({ name, history }) =>
        history.map(epoch => ({ label: name, x: epoch.epoch, y: of(epoch) })),
      ),
    );
  const size = { width, height, x: { title: 'epoch', whole: true } };
  const loss = chart({
    ...size,
    title: `Training on ${ofSet[0].set}`,
    y: { title: 'cross-entropy, nats', scale: 'log' },
    series: series(({ loss: value }) => value),
  });
  const accuracy = chart({
    ...size,
    title: 'Test images',
    y: { title: 'correct, %' },
    series: series(({ testAccuracy = NaN }) => testAccuracy),
  });
  return besideCharts([loss, accuracy], width, height);
}
