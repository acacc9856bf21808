import { Command } from 'commander';
import { count } from './arguments.js';
import { addQueueOptions } from './queue-options.js';

/** `nads run`. */
export function run(): Command {
  const command = new Command('run')
    .description('Runs an experiment: the stages whose results are not there or no longer follow.')
    .argument('<experiment>', 'experiment.json, or the folder that holds it')
    .option('--stage <name...>', 'only these stages, and what they need')
    .option('--alone', 'with --stage: without what they need')
    .option('--jobs <n>', 'stages that run at a time where they do not need each other', count, 1)
    .option('--dry-run', 'list the stages and their commands, without running them')
    .option('--force', 'also stages that are up to date')
    .option('--json', 'print how each stage ended as JSON');
  return addQueueOptions(command)
    .addHelpText('after', examples)
    .action(async (experiment: string, options) =>
      (await import('../pipeline/run.js')).run(experiment, options),
    );
}

const examples = `
A stage is a command of nads or a script; '{name}' in its arguments and options is the folder with the results of another stage. It runs
again where its settings, the contents of files that it names, results of stages that it needs or nads itself have changed, and goes on
where it was interrupted. Stages that need one that failed wait. With --queue, workers do the tasks of stages whose commands have
that option; what is up to date does not depend on it. (docs/pipelines.md, docs/scaling.md)

Examples:
  nads run experiments/smoke
  nads run experiments/lenet --stage estimate
  nads run experiments/lenet --queue redis://queue:6379 --store /mnt/nads
  nads run experiments/lenet --dry-run`;
