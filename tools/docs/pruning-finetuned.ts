// Accuracy and time of a model without a share of its multiply–accumulates, and after training what is left.
//   npm run script -- tools/docs/pruning-finetuned.ts MODEL DATA TEST MEAN STD [EPOCHS] [SHARES]
// DATA and TEST are as in nads prune, as in cifar10-train:data; MEAN and STD as in its options. Importance is measured on the first
// 512 images of DATA, all of them train, TEST is measured.
import { prune, type Pruned, type PrunedState } from '@nads/study';
import { loadModel, nodeEnvironment, openData } from '@nads/study/node';

const [model, data, test, mean, std, epochs = '4', shares = '0.3,0.5'] = process.argv.slice(2);
const numbers = (text: string): number[] => text.split(',').map(Number);
const preprocessing = [
  { name: 'of the command', fields: { mean: numbers(mean), std: numbers(std) } },
];

console.log('| saved | MACs | parameters | accuracy | after | fine-tuned | ms | after | ratio |');
console.log('| ----- | ---- | ---------- | -------- | ----- | ---------- | -- | ----- | ----- |');
for (const macs of numbers(shares)) console.log(row(macs, await pruned(macs)));

function pruned(macs: number): Promise<Pruned> {
  return prune(
    loadModel(model),
    openData(data),
    {
      data,
      macs,
      round: 8,
      fineTune: Number(epochs),
      learningRate: 0.005,
      weightDecay: 5e-4,
      validation: { name: test, images: openData(test) },
      preprocessing,
    },
    nodeEnvironment(),
  );
}

function row(share: number, { before, after, tuned }: Pruned): string {
  const times = [before, after].map(({ milliseconds }) => milliseconds);
  const cells = [
    percent(share),
    millions(after.macs),
    String(after.parameters),
    ...[before, after, tuned!].map(accuracy),
    ...times.map(time => time.toFixed(3)),
    (times[1] / times[0]).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function millions(count: number): string {
  return `${(count / 1e6).toFixed(1)} M`;
}

function accuracy({ quality }: PrunedState): string {
  return `${(100 * quality!.accuracy).toFixed(1)} %`;
}
