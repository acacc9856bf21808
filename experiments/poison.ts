import { join } from 'node:path';
import { chart, type Series } from '@nads/report';
import { csv } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { MadeSets } from './lib/made-sets.ts';
import { meanOf, show, type Mean } from './lib/mean.ts';
import { nadsOf } from './lib/nads-of.ts';
import { list, numbers, optionsOf, type Given } from './lib/options.ts';
import type { TrainingTask } from './lib/training-service.ts';
import { estimation, training, trainingSetup } from './lib/training.ts';
import { trainAll } from './lib/train-all.ts';

const about = `Poisoning with NADs (Ortiz-Jiménez et al. 2020, section 5): in the training images, one coefficient along the NADs from an index on
identifies each class. Networks that prefer these NADs rely on the coefficient and fail on clean images.
With --control, networks are also trained on images without these directions, which then carry no information.
Progress is saved; run the same command to continue.`;

const options = {
  ...training,
  architectures: ['lenet', 'names of architectures, as for nads train'],
  indices: ['0,50,300,900', 'first NADs that carry classes'],
  epsilon: ['0.05', 'magnitude of the coefficients'],
  seeds: ['0,1,2', 'networks for each'],
  control: [false, 'also without the directions that carry classes'],
  ...estimation,
  out: ['out/poison', 'folder for results.csv and poison.svg'],
} as const;

/** A network, and which images it learns: 'clean', '50', or '50-control'. */
interface Task extends TrainingTask {
  readonly index: string;
}

/** What became of it, in percent. */
interface Result {
  readonly architecture: string;
  readonly index: string;
  readonly seed: number;
  readonly train: number;
  readonly test: number;
}

/** Trains on clean and on poisoned images, and prints accuracies on clean ones. */
export async function experiment(args: readonly string[]): Promise<number> {
  const given = optionsOf('poison', about, options, args);
  if (!given) return 0;
  const tasks: Task[] = [];
  for (const architecture of list(given.architectures))
    tasks.push(...(await tasksOf(architecture, given)));
  const found = await trainAll(trainingSetup(given), tasks, Number(given.workers));
  const results = tasks.map(({ architecture, index, seed }, i) => ({
    architecture,
    index,
    seed,
    ...found[i],
  }));
  write(given.out, list(given.architectures), results);
  for (const name of list(given.architectures)) print(name, results);
  console.log(`written to ${given.out}`);
  return 0;
}

async function tasksOf(architecture: string, given: Given<typeof options>): Promise<Task[]> {
  const { out, 'test-data': testData } = given;
  const nads = await nadsOf(architecture, out, given);
  const sets = [
    { index: 'clean', data: given.data },
    ...(await poisonedSets(new MadeSets(nads), architecture, given)),
  ];
  return sets.flatMap(set =>
    numbers(given.seeds).map(seed => {
      const folder = join(out, `${architecture}-${set.index}-${seed}`);
      return { ...set, architecture, testData, seed, folder };
    }),
  );
}

async function poisonedSets(made: MadeSets, architecture: string, given: Given<typeof options>) {
  const { data, out, control } = given;
  const sets: Pick<Task, 'index' | 'data'>[] = [];
  for (const index of numbers(given.indices)) {
    const folder = join(out, `set-${given.nads ? 'given' : architecture}-${index}`);
    const settings = { index, epsilon: Number(given.epsilon) };
    const { file, carriers } = await made.poisoned(data, folder, settings);
    sets.push({ index: `${index}`, data: file });
    if (!control) continue;
    const directions = [...new Set(carriers.map(({ direction }) => direction))];
    const removed = await made.without(data, `${folder}-control`, directions);
    sets.push({ index: `${index}-control`, data: removed });
  }
  return sets;
}

function write(out: string, architectures: readonly string[], results: readonly Result[]): void {
  const head = ['architecture', 'index', 'seed', 'train_accuracy', 'test_accuracy'];
  const rows = results.map(({ architecture, index, seed, train, test }) => [
    architecture,
    index,
    seed,
    train,
    test,
  ]);
  writeWhole(join(out, 'results.csv'), csv(head, rows));
  const picture = chart({
    title: 'Clean accuracy after training on poisoned images',
    x: { title: 'index of the first NAD that carries a class, plus 1', scale: 'log' },
    y: { title: 'test accuracy, %' },
    series: architectures.flatMap(name => seriesOf(name, results)),
  });
  writeWhole(join(out, 'poison.svg'), picture);
}

/** Networks that learnt the same images. */
interface Group {
  readonly index: string;
  readonly train: Mean;
  readonly test: Mean;
}

function groupsOf(name: string, results: readonly Result[]): Group[] {
  const own = results.filter(({ architecture }) => architecture === name);
  return [...new Set(own.map(({ index }) => index))].map(index => {
    const some = own.filter(one => one.index === index);
    return {
      index,
      train: meanOf(some.map(one => one.train)),
      test: meanOf(some.map(one => one.test)),
    };
  });
}

function seriesOf(name: string, results: readonly Result[]): Series[] {
  const groups = groupsOf(name, results);
  const clean = groups.find(({ index }) => index === 'clean')!;
  const isControl = ({ index }: Group): boolean => index.endsWith('-control');
  const poisoned = groups.filter(group => group !== clean && !isControl(group));
  const controls = groups.filter(isControl);
  const line = (some: readonly Group[], label: string, rest: Partial<Series> = {}): Series => ({
    label,
    x: some.map(({ index }) => 1 + Number.parseInt(index, 10)),
    y: some.map(({ test }) => test.mean),
    errors: some.map(({ test }) => test.error),
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

function print(name: string, results: readonly Result[]): void {
  console.log(`${name}: mean ± standard error of accuracies, %`);
  for (const { index, train, test } of groupsOf(name, results))
    console.log(
      `  ${index.padEnd(8)} clean test ${show(test)}, its training images ${show(train)}`,
    );
}
