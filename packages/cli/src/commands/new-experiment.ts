import { Command } from 'commander';
import { replaceOption } from './force-option.js';

/** `nads new`. */
export function newExperiment(): Command {
  return new Command('new')
    .description('Begins an experiment: a file of stages to change and to run.')
    .argument('<what>', 'experiment')
    .argument('<name>', 'its name, in small letters, digits and dashes')
    .addOption(replaceOption())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(async (what: string, name: string, options) =>
      (await import('../pipeline/new-experiment.js')).newExperiment(what, name, options),
    );
}

const examples = `
The file is written to experiments/NAME where there is a folder of that name, and to NAME otherwise.

Examples:
  nads new experiment mine
  nads run experiments/mine`;
