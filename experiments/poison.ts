import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart } from '@nads/report';
import { all, csv, made, meanOf, nadsOf, show, table, trained } from './lib/nads.mjs';
import { list, numbers, optionsOf } from './lib/options.mjs';
import { estimation, training, trainingArguments } from './lib/training.mjs';

const about = `Poisoning with NADs (Ortiz-Jiménez et al. 2020, section 5): the classes of the images to train with are told by one coefficient
each, along the NADs from an index on. Networks that prefer these NADs learn the coefficient and fail on clean images.
With --control also without the directions that carry classes: what they lose of the images, and tell nothing.
What is done is kept; the same command goes on.`;

const options = {
  ...training,
  architectures: ['lenet', 'names of architectures, of nads train'],
  indices: ['0,50,300,900', 'first NADs that carry classes'],
  epsilon: ['0.05', 'size of the coefficients'],
  seeds: ['0,1,2', 'networks for each'],
  control: [false, 'also without the directions that carry classes'],
  ...estimation,
  out: ['out/poison', 'folder for results.csv and poison.svg'],
};

export async function experiment(args) {
  const given = optionsOf('poison', about, options, args);
  if (!given) return 0;
  const { out } = given;
  const tasks = [];
  for (const architecture of list(given.architectures)) {
    const nads = await nadsOf(architecture, out, given);
    const sets = [{ index: 'clean', data: given.data }];
    for (const index of numbers(given.indices)) {
      const folder = join(out, `set-${given.nads ? 'given' : architecture}-${index}`);
      const data = await made(folder, 'poisoned.npz', [
        'poison',
        '--data',
        given.data,
        '--nads',
        nads,
        '--index',
        String(index),
        '--epsilon',
        given.epsilon,
      ]);
      sets.push({ index, data });
      if (given.control) {
        const order = `without:${directionsOf(folder).join(',')}`;
        const along = ['--data', given.data, '--nads', nads, '--order', order];
        const removed = await made(`${folder}-control`, 'flipped.npz', ['flip', ...along]);
        sets.push({ index: `${index}-control`, data: removed });
      }
    }
    for (const { index, data } of sets)
      for (const seed of list(given.seeds))
        tasks.push(async () => {
          const { train, test } = await trained(join(out, `${architecture}-${index}-${seed}`), [
            architecture,
            '--data',
            data,
            '--test-data',
            given['test-data'],
            ...trainingArguments(given),
            '--seed',
            seed,
          ]);
          return { architecture, index, seed, train_accuracy: train, test_accuracy: test };
        });
  }
  const results = await all(tasks, Number(given.workers));
  writeFileSync(join(out, 'results.csv'), csv(results));
  const series = list(given.architectures).flatMap(name => seriesOf(name, results));
  const picture = chart({
    title: 'Clean accuracy after training on poisoned images',
    x: { title: 'index of the first NAD that carries a class, plus 1', scale: 'log' },
    y: { title: 'test accuracy, %' },
    series,
  });
  writeFileSync(join(out, 'poison.svg'), picture);
  for (const name of list(given.architectures)) print(name, results);
  console.log(`written to ${out}`);
  return 0;
}

/** The directions that carry classes. */
const directionsOf = folder => [
  ...new Set(table(join(folder, 'carriers.csv')).map(({ direction }) => direction)),
];

const groups = (name, results) => {
  const own = results.filter(({ architecture }) => architecture === name);
  return [...new Set(own.map(({ index }) => index))].map(index => {
    const some = own.filter(one => one.index === index);
    return {
      index,
      train: meanOf(some.map(one => one.train_accuracy)),
      test: meanOf(some.map(one => one.test_accuracy)),
    };
  });
};

function seriesOf(name, results) {
  const all = groups(name, results);
  const clean = all.find(({ index }) => index === 'clean');
  const isControl = ({ index }) => String(index).endsWith('-control');
  const poisoned = all.filter(group => group !== clean && !isControl(group));
  const controls = all.filter(isControl);
  const line = (groups, label, rest = {}) => ({
    label,
    x: groups.map(({ index }) => 1 + Number.parseInt(index, 10)),
    y: groups.map(({ test }) => test.mean),
    errors: groups.map(({ test }) => test.error),
    ...rest,
  });
  const level = { y: poisoned.map(() => clean.test.mean), errors: undefined, points: false };
  return [
    line(poisoned, name),
    line(poisoned, `${name}, clean`, { ...level, dashed: true, colour: '#666666' }),
    ...(controls.length > 0
      ? [line(controls, `${name}, without those directions`, { colour: '#999999' })]
      : []),
  ];
}

function print(name, results) {
  console.log(`${name}: mean ± standard error of accuracies, %`);
  for (const { index, train, test } of groups(name, results))
    console.log(
      `  ${String(index).padEnd(8)} clean test ${show(test)}, its training images ${show(train)}`,
    );
}
