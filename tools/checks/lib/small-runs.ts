import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy, encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { encodePng } from '@nads/report';
import { model } from './model-file.ts';

/** A command line without its output. */
export interface SmallRun {
  readonly args: readonly string[];
  /** Options with which its result is another. */
  readonly other: readonly string[];
  /** Of its output, where that is a file. */
  readonly file?: string;
}

const side = 32;
const images = 24;

/** Every command that writes something, on inputs that are made in a folder. */
export function smallRuns(folder: string): Readonly<Record<string, SmallRun>> {
  const { set, points, picture } = inputs(folder);
  const lenet = model('lenet');
  const nads = ['--basis', 'dct'];
  const data = ['--data', set];
  return {
    estimate: { args: ['estimate', lenet, '-n', '3'], other: ['--seed', '1'] },
    'estimate --probe mixed': {
      args: ['estimate', lenet, '--probe', 'mixed', '--save', '4'],
      other: ['--save', '5'],
    },
    analyze: { args: ['analyze', lenet, ...data, '--nads', 'none'], other: ['--top', '5'] },
    saliency: { args: ['saliency', lenet, '--image', picture], other: ['--steps', '8'] },
    ntk: { args: ['ntk', lenet, ...data], other: ['--fresh', '1'] },
    margin: {
      args: ['margin', lenet, ...data, ...nads, '--block', '256', '--classes', '2'],
      other: ['--block', '512'],
    },
    train: {
      args: ['train', 'logreg', '--direction', 'dct@3', '--train', '256', '--epochs', '1'],
      other: ['--rate', '0.1'],
    },
    sweep: {
      args: ['sweep', 'logreg', ...nads, '--indices', '0,3', '--train', '256', '--epochs', '1'],
      other: ['--sigma', '1'],
    },
    elasticity: {
      args: ['elasticity', lenet, ...data, '--loss', 'cross-entropy', '--images', '8'],
      other: ['--images', '10'],
    },
    finetune: {
      args: ['finetune', lenet, ...data, '--epochs', '1', '--no-validation'],
      other: ['--learning-rate', '0.1'],
    },
    poison: { args: ['poison', ...data, ...nads, '--index', '0'], other: ['--index', '1'] },
    flip: { args: ['flip', ...data, ...nads], other: ['--order', 'keep:4'] },
    decompose: { args: ['decompose', ...data, ...nads], other: ['--size', '16'] },
    probe: { args: ['probe', lenet, '--points', points], other: [], file: 'secants.npy' },
    gradient: { args: ['gradient', lenet], other: [], file: 'gradient.onnx' },
    prune: { args: ['prune', lenet, '--remove', '20%'], other: [], file: 'small.onnx' },
    synth: { args: ['synth', ...nads, '--index', '3'], other: [], file: 'set.npz' },
  };
}

function inputs(folder: string): Readonly<Record<'picture' | 'points' | 'set', string>> {
  mkdirSync(folder, { recursive: true });
  const random = new Random('kills');
  const bytes = Uint8Array.from({ length: images * side * side }, () => random.int(256));
  const labels = Int32Array.from({ length: images }, (_, i) => i % 2);
  const pixels = { dtype: 'uint8', shape: [images, 1, side, side], data: bytes } as const;
  const classes = { dtype: 'int32', shape: [images], data: labels } as const;
  const one = Float32Array.from(bytes.subarray(0, side * side));
  const grey = Uint8Array.from({ length: 3 * side * side }, (_, i) => bytes[Math.floor(i / 3)]);
  const files = {
    set: encodeNpz({ images: pixels, labels: classes }),
    points: encodeNpy({ dtype: 'float32', shape: [1, 1, side, side], data: one }),
    picture: encodePng({ width: side, height: side, data: grey }),
  };
  const names = { set: 'set.npz', points: 'points.npy', picture: 'picture.png' };
  for (const [key, contents] of Object.entries(files))
    writeFileSync(join(folder, names[key as keyof typeof names]), contents);
  const path = (name: string): string => join(folder, name);
  return { set: path(names.set), points: path(names.points), picture: path(names.picture) };
}
