import { Command, Option } from 'commander';
import { port } from './arguments.js';

/** `nads view`. */
export const view = (): Command =>
  new Command('view')
    .description('A page in the browser: drop a model, and its directions appear.')
    .argument(
      '[paths...]',
      'models and folders of results to open; the page follows what is written there',
    )
    .addOption(
      new Option('--port <n>', 'where it is served, on this machine only')
        .argParser(port)
        .default(0, 'any that is free'),
    )
    .option('--no-open', 'print the address, open no browser')
    .addHelpText('after', examples)
    .action(async (paths: string[], options) =>
      (await import('../view/view.js')).view(paths, options),
    );

const examples = `
Everything is computed on the page; files do not leave the machine.

Examples:
  nads view
  nads view model.onnx out/model`;
