// Accuracies on clean and on flipped images, results.csv, and means over seeds.
// As a stage: table.ts --out=FOLDER NETWORKS…, folders named clean-SEED and flipped-SEED
import { basename, join } from 'node:path';
import { csv } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { learntIn } from '../lib/learnt.ts';
import { grouped, meanOf, show } from '../lib/mean.ts';
import { givenToStage } from '../lib/stage.ts';

const { out, words } = givenToStage();
const networks = await Promise.all(
  words.map(async folder => {
    const [images, seed] = basename(folder).split('-');
    return { images, seed, ...(await learntIn(folder)) };
  }),
);
const head = ['images', 'seed', 'train_accuracy', 'test_accuracy'];
const rows = networks.map(({ images, seed, train, test }) => [images, seed, train, test]);
writeWhole(join(out, 'results.csv'), csv(head, rows));
for (const same of grouped(networks, ({ images }) => images)) {
  const [test, train] = [meanOf(same.map(one => one.test)), meanOf(same.map(one => one.train))];
  console.log(`${same[0].images}: test ${show(test)} %, train ${show(train)} %`);
}
