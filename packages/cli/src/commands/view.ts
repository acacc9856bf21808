import { Command } from 'commander';
import { port } from './arguments.js';

/** `nads view`. */
export const view = (): Command =>
  new Command('view')
    .description('A page in the browser: drop a model, and its directions appear.')
    .argument(
      '[paths...]',
      'models and folders of results to open; the page follows what is written there',
    )
    .option(
      '--port <n>',
      'where it is served, on this machine only (default: any that is free)',
      port,
      0,
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
