import { Command } from 'commander';
import { replaceOption } from './force-option.js';

/** `nads models`. */
export function models(): Command {
  const command = new Command('models').description(
    'Models that come with nads, and well-known public ones.',
  );
  command
    .command('list', { isDefault: true })
    .description('list models')
    .option('--json', 'print JSON')
    .action(async options => (await import('../models/models.js')).listModels(options));
  command
    .command('get <name>')
    .description(
      'download a model and check it: one that is listed, an https address, or hf:OWNER/REPO/PATH (Hugging Face; not tried here)',
    )
    .option('-o, --out <file>', 'file to write')
    .option('--sha256 <hex>', 'what the file must have; that of the list, if it is listed')
    .addOption(replaceOption())
    .action(async (name: string, options) =>
      (await import('../models/models.js')).getModel(name, options),
    );
  command
    .command('check')
    .description('check the files that come with nads against their sha256')
    .action(async () => (await import('../models/models.js')).checkModels());
  return command.addHelpText(
    'after',
    '\nExamples:\n  nads models\n  nads models get resnet18-v1-7 --out resnet18.onnx\n  nads models get hf:onnx-community/resnet-50-ONNX/onnx/model.onnx --out resnet50.onnx',
  );
}
