// Test accuracies on D(v) along NADs of an architecture itself and of the plain network: along.csv, and means over seeds, along.svg.
// As a stage: along.ts --out=FOLDER SWEEPS…, folders named along-own-ARCHITECTURE and along-cnn-ARCHITECTURE
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { besideCharts, chart } from '@nads/report';
import { csv, readCsv } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { grouped, meanOf, show } from '../lib/mean.ts';
import { meanSeries } from '../lib/mean-series.ts';
import { givenToStage } from '../lib/stage.ts';

const { out, words } = givenToStage();
const networks = words.flatMap(folder => {
  const [, nadsOf, name] = /^along-(own|cnn)-(.+)$/.exec(basename(folder))!;
  const file = join(folder, 'results.csv');
  const lines = readCsv(readFileSync(file, 'utf8'), ['index', 'seed', 'test_accuracy'], file);
  return lines.map(({ number }) => ({
    name,
    nadsOf: nadsOf === 'own' ? name : nadsOf,
    index: number('index'),
    seed: number('seed'),
    test: number('test_accuracy'),
  }));
});
const head = ['architecture', 'nads_of', 'index', 'seed', 'test_accuracy'];
const rows = networks.map(({ name, nadsOf, index, seed, test }) => [
  name,
  nadsOf,
  index,
  seed,
  test,
]);
writeWhole(join(out, 'along.csv'), csv(head, rows));
const [width, height] = [480, 340];
writeWhole(
  join(out, 'along.svg'),
  besideCharts(
    [
      accuracies('Along NADs of each network itself', ({ name, nadsOf }) => nadsOf === name),
      accuracies('Along NADs of cnn', ({ nadsOf }) => nadsOf === 'cnn'),
    ],
    width,
    height,
  ),
);
console.log('test accuracy on D(v), mean and standard error');
for (const same of grouped(
  networks,
  one => `${one.name} along NAD ${one.index} of ${one.nadsOf}`,
)) {
  const [{ name, index, nadsOf }] = same;
  const mean = meanOf(same.map(({ test }) => test));
  console.log(`  ${name} along NAD ${index} of ${nadsOf}: ${show(mean)} %`);
}

function accuracies(title: string, isShown: (one: (typeof networks)[number]) => boolean): string {
  const points = networks
    .filter(isShown)
    .map(({ name, index, test }) => ({ label: name, x: index, y: test }));
  return chart({
    title,
    width,
    height,
    x: { title: 'index of the NAD', scale: 'symlog', whole: true },
    y: { title: 'correct test images, %', domain: [45, 101] },
    series: meanSeries(points),
  });
}
