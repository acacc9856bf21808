// Test accuracies after training on images: accuracies.csv, and means over seeds.
// As a stage: learning.ts --out=FOLDER NETWORKS…, folders named learn-SET-ARCHITECTURE-SEED
import { basename, join } from 'node:path';
import { csv } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { learntIn } from '../lib/learnt.ts';
import { grouped, meanOf, show } from '../lib/mean.ts';
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
console.log('test accuracy after the last epoch, mean and standard error');
for (const same of grouped(networks, ({ set, name }) => `${set}, ${name}`))
  console.log(`  ${same[0].set}, ${same[0].name}: ${show(meanOf(same.map(({ test }) => test)))} %`);
