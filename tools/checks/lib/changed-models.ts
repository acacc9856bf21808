import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attempt } from './attempt.ts';
import { model } from './model-file.ts';
import { mutated } from './mutated.ts';

const commands = [
  ['inspect', 'm.onnx'],
  ['gradient', 'm.onnx', '-o', 'g.onnx', '--force'],
  ['estimate', 'm.onnx', '--networks', '1', '--basis', 'dct:2', '--out', 'out', '--force'],
];

/** Models that come with nads, with some bytes changed, put into a folder. */
export function changedModels(folder: string): Attempt {
  const originals = ['lenet', 'logistic-regression', 'densenet-g12'].map(name =>
    readFileSync(model(name)),
  );
  return (i, random) => {
    writeFileSync(join(folder, 'm.onnx'), mutated(originals[i % originals.length], random));
    return { args: commands[random.int(commands.length)], what: `file ${i}` };
  };
}
