import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart } from '@nads/report';
import { all, csv, made, meanOf, nadsOf, show, trained } from './lib/nads.mjs';
import { list, numbers, optionsOf } from './lib/options.mjs';
import { training, trainingArguments } from './lib/training.mjs';

const about = `Poisoning with NADs (Ortiz-Jiménez et al. 2020, section 5): the classes of the images to train with are told by one coefficient
each, along the NADs from an index on. Networks that prefer these NADs learn the coefficient and fail on clean images.
What is done is kept; the same command goes on.`;

const options = {
  ...training,
  architectures: ['lenet', 'names of architectures, of nads train'],
  indices: ['0,50,300,900', 'first NADs that carry classes'],
  epsilon: ['0.05', 'size of the coefficients'],
  seeds: ['0,1,2', 'networks for each'],
  nads: ['', 'NADs of one channel for all architectures; estimated where not given'],
  networks: ['12', 'networks that NADs are estimated from'],
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
      const poison = ['--index', String(index), '--epsilon', given.epsilon];
      const data = await made(folder, 'poisoned.npz', [
        'poison',
        '--data',
        given.data,
        '--nads',
        nads,
        ...poison,
      ]);
      sets.push({ index, data });
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
    x: { title: 'index of the first NAD that carries a class' },
    y: { title: 'test accuracy, %' },
    series,
  });
  writeFileSync(join(out, 'poison.svg'), picture);
  for (const name of list(given.architectures)) print(name, results);
  console.log(`written to ${out}`);
  return 0;
}

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
  const [clean, ...poisoned] = groups(name, results);
  const x = poisoned.map(({ index }) => index);
  return [
    {
      label: name,
      x,
      y: poisoned.map(({ test }) => test.mean),
      errors: poisoned.map(({ test }) => test.error),
    },
    {
      label: `${name}, clean`,
      x,
      y: x.map(() => clean.test.mean),
      dashed: true,
      points: false,
      colour: '#666666',
    },
  ];
}

function print(name, results) {
  console.log(`${name}: mean ± standard error of accuracies, %`);
  for (const { index, train, test } of groups(name, results))
    console.log(
      `  ${String(index).padEnd(8)} clean test ${show(test)}, its training images ${show(train)}`,
    );
}
