import { Command, Option } from 'commander';
import { size } from './arguments.js';

/** `nads inspect`. */
export function inspect(): Command {
  return new Command('inspect')
    .description('What is in a model, and what estimate would do with it and cost.')
    .argument('<model>', 'an ONNX file')
    .option('--json', 'as JSON')
    .option('--basis <name>', 'directions that estimate would probe', 'pixels')
    .option('--size <HxW>', 'image size, where the file leaves it free or another is wanted', size)
    .addOption(new Option('--layout <order>', 'order of the image axes').choices(['NCHW', 'NHWC']))
    .addHelpText(
      'after',
      '\nExamples:\n  nads inspect model.onnx\n  nads inspect model.onnx --json',
    )
    .action(async (model: string, options) =>
      (await import('../models/inspect.js')).inspect(model, options),
    );
}
