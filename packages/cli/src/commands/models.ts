import { Command } from 'commander';

/** `nads models`. */
export function models(): Command {
  const command = new Command('models').description(
    'Models that come with nads, and well-known public ones.',
  );
  command
    .command('list', { isDefault: true })
    .description('list them')
    .option('--json', 'as JSON')
    .action(async options => (await import('../models/models.js')).listModels(options));
  command
    .command('get <name>')
    .description('download one and check it')
    .option('--out <file>', 'where to put it')
    .action(async (name: string, options) =>
      (await import('../models/models.js')).getModel(name, options),
    );
  command
    .command('check')
    .description('check the files that come with nads against their sha256')
    .action(async () => (await import('../models/models.js')).checkModels());
  return command.addHelpText(
    'after',
    '\nExamples:\n  nads models\n  nads models get resnet18-v1-7 --out resnet18.onnx',
  );
}
