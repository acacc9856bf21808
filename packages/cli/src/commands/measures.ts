import { Command } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { seed } from './arguments.js';
import { forceOption } from './force-option.js';
import { addPreprocessingOptions, preprocessingFlags } from './preprocessing-options.js';
import { refuseWithoutEffect, withoutOption } from './without-effect.js';

/** `nads measures`. */
export function measures(): Command {
  const command = new Command('measures')
    .description('The measures that a network of neural similarity has learnt, in pictures.')
    .argument('<model>', 'a model that nads train wrote for one of the architectures nsl-…')
    .requiredOption(
      '-o, --out <dir>',
      'folder for measures.json, measures.npz, spectrum.svg, kernel-shapes.svg and measures-over-image.svg',
    )
    .option('--data <spec>', `images, for dynamic measures: ${dataHelp}`)
    .option('--index <i>', 'number of the image, counted from 0', seed, 0)
    .addOption(forceOption())
    .option('--json', 'print the result as JSON');
  return refuseWithoutEffect(addPreprocessingOptions(command), uses)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../models/measures.js')).measures(model, options),
    );
}

const uses = [withoutOption('--data', ['--index', '--layout', '--size', ...preprocessingFlags])];

const examples = `
Examples:
  nads measures out/static/model.onnx --out out/static-measures
  nads measures out/dynamic/model.onnx --data mnist:data --index 3 --out out/dynamic-measures`;
