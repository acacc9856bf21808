import { join } from 'node:path';
import { csv } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { MadeSets } from './lib/made-sets.ts';
import { meanOf, show } from './lib/mean.ts';
import { nadsOf } from './lib/nads-of.ts';
import { list, numbers, optionsOf, type Given } from './lib/options.ts';
import type { Accuracies, TrainingTask } from './lib/training-service.ts';
import { estimation, training, trainingSetup } from './lib/training.ts';
import { trainAll } from './lib/train-all.ts';

const about = `Flipping (Ortiz-Jiménez et al. 2020, section 5): training and test images have their coefficients along the NADs
in reverse order, so that their content lies along the directions that the architecture prefers least. Published on all of CIFAR-10:
LeNet 69 to 48 %, VGG-11 87 to 53 %, ResNet-18 89 to 58 %. Progress is saved; run the same command to continue.`;

const options = {
  ...training,
  // flipped images take longer to memorise
  epochs: ['100', 'passes over the training images'],
  architectures: ['lenet', 'names of architectures: lenet,vgg11,resnet18'],
  seeds: ['0,1,2', 'networks for each'],
  ...estimation,
  out: ['out/flip', 'folder for results.csv'],
} as const;

/** A network, and the images that it learns. */
interface Task extends TrainingTask {
  readonly images: 'clean' | 'flipped';
}

/** Trains on clean and on flipped images, and prints how well both are learnt. */
export async function experiment(args: readonly string[]): Promise<number> {
  const given = optionsOf('flip', about, options, args);
  if (!given) return 0;
  const { out } = given;
  const tasks: Task[] = [];
  for (const architecture of list(given.architectures))
    tasks.push(...(await tasksOf(architecture, given)));
  const found = await trainAll(trainingSetup(given), tasks, Number(given.workers));
  const rows = tasks.map(({ architecture, images, seed }, i) => {
    const { train, test } = found[i];
    return [architecture, images, seed, train, test];
  });
  const head = ['architecture', 'images', 'seed', 'train_accuracy', 'test_accuracy'];
  writeWhole(join(out, 'results.csv'), csv(head, rows));
  for (const name of list(given.architectures)) print(name, tasks, found);
  console.log(`written to ${out}`);
  return 0;
}

async function tasksOf(architecture: string, given: Given<typeof options>): Promise<Task[]> {
  const { out, data, 'test-data': testData } = given;
  const sets = new MadeSets(await nadsOf(architecture, out, given));
  const folder = join(out, given.nads ? 'given' : architecture);
  const pairs = [
    { images: 'clean', data, testData },
    {
      images: 'flipped',
      data: await sets.flipped(data, `${folder}-train`),
      testData: await sets.flipped(testData, `${folder}-test`),
    },
  ] as const;
  return pairs.flatMap(pair =>
    numbers(given.seeds).map(seed => {
      const own = join(out, `${architecture}-${pair.images}-${seed}`);
      return { ...pair, architecture, seed, folder: own };
    }),
  );
}

function print(name: string, tasks: readonly Task[], found: readonly Accuracies[]): void {
  for (const images of ['clean', 'flipped']) {
    const own = found.filter(
      (_, i) => tasks[i].architecture === name && tasks[i].images === images,
    );
    const test = meanOf(own.map(one => one.test));
    const train = meanOf(own.map(one => one.train));
    console.log(`${name}, ${images}: test ${show(test)} %, train ${show(train)} %`);
  }
}
