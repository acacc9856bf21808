import { Command, Option } from 'commander';
import { size } from './arguments.js';
import { outputOption } from './output-option.js';

/** `nads inspect`. */
export function inspect(): Command {
  return new Command('inspect')
    .description('What a model contains, and how nads estimate would treat it and at what cost.')
    .argument('<model>', 'an ONNX file, or the name of a model that `nads models` lists')
    .option('--json', 'print JSON')
    .option('--basis <name>', 'directions that nads estimate would probe', 'pixels')
    .option('--size <HxW>', 'image size, if the file leaves it free or to override it', size)
    .addOption(outputOption())
    .addOption(new Option('--layout <order>', 'order of the image axes').choices(['NCHW', 'NHWC']))
    .addHelpText(
      'after',
      '\nExamples:\n  nads inspect model.onnx\n  nads inspect model.onnx --json',
    )
    .action(async (model: string, options) =>
      (await import('../models/inspect.js')).inspect(model, options),
    );
}
