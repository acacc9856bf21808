import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { all, csv, made, meanOf, nadsOf, show, trained } from './lib/nads.mjs';
import { list, optionsOf } from './lib/options.mjs';
import { estimation, training, trainingArguments } from './lib/training.mjs';

const about = `Flipping (Ortiz-Jiménez et al. 2020, section 5): images to train and to test with have the coefficients along the NADs
in reverse order, so that what they show lies where the architecture looks last. Published on all of CIFAR-10:
LeNet 69 to 48 %, VGG-11 87 to 53 %, ResNet-18 89 to 58 %. What is done is kept; the same command goes on.`;

const options = {
  ...training,
  // flipped images take longer to learn by heart
  epochs: ['100', 'how often each image is seen'],
  architectures: ['lenet', 'names of architectures: lenet,vgg11,resnet18'],
  seeds: ['0,1,2', 'networks for each'],
  ...estimation,
  out: ['out/flip', 'folder for results.csv'],
};

export async function experiment(args) {
  const given = optionsOf('flip', about, options, args);
  if (!given) return 0;
  const { out } = given;
  const tasks = [];
  for (const architecture of list(given.architectures)) {
    const nads = await nadsOf(architecture, out, given);
    const flipped = (name, data) =>
      made(join(out, `${given.nads ? 'given' : architecture}-${name}`), 'flipped.npz', [
        'flip',
        '--data',
        data,
        '--nads',
        nads,
      ]);
    const sets = [
      { images: 'clean', train: given.data, test: given['test-data'] },
      {
        images: 'flipped',
        train: await flipped('train', given.data),
        test: await flipped('test', given['test-data']),
      },
    ];
    for (const { images, train, test } of sets)
      for (const seed of list(given.seeds))
        tasks.push(async () => {
          const accuracy = await trained(join(out, `${architecture}-${images}-${seed}`), [
            architecture,
            '--data',
            train,
            '--test-data',
            test,
            ...trainingArguments(given),
            '--seed',
            seed,
          ]);
          const { train: train_accuracy, test: test_accuracy } = accuracy;
          return { architecture, images, seed, train_accuracy, test_accuracy };
        });
  }
  const results = await all(tasks, Number(given.workers));
  writeFileSync(join(out, 'results.csv'), csv(results));
  for (const name of list(given.architectures))
    for (const images of ['clean', 'flipped']) {
      const own = results.filter(one => one.architecture === name && one.images === images);
      const [test, train] = ['test_accuracy', 'train_accuracy'].map(key =>
        meanOf(own.map(one => one[key])),
      );
      console.log(`${name}, ${images}: test ${show(test)} %, train ${show(train)} %`);
    }
  console.log(`written to ${out}`);
  return 0;
}
