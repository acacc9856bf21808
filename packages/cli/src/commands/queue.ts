import { Command } from 'commander';
import { queueFlag } from './queue-options.js';

const where = 'Redis, as redis://host:6379, or rediss:// with encryption';

/** `nads queue`. */
export function queue(): Command {
  const command = new Command('queue').description(
    'What is in the queue of studies that run with --queue.',
  );
  command
    .command('status', { isDefault: true })
    .description('tasks and workers')
    .requiredOption(queueFlag, where)
    .option('--json', 'print JSON')
    .action(async options => (await import('../queue/queue.js')).status(options));
  command
    .command('drain')
    .description('take out tasks that no worker is at; studies that still run put theirs back')
    .requiredOption(queueFlag, where)
    .option('--json', 'print JSON')
    .action(async options => (await import('../queue/queue.js')).drain(options));
  command
    .command('retry')
    .description('give tasks that were set aside to workers once more')
    .requiredOption(queueFlag, where)
    .option('--json', 'print JSON')
    .action(async options => (await import('../queue/queue.js')).retry(options));
  return command.addHelpText('after', examples);
}

const examples = `
A task that fails three times is set aside with its error, and its study ends. Once the cause is gone, retry does it, and the study
that is run again finds its result.

Examples:
  nads queue status --queue redis://queue:6379
  nads queue retry --queue redis://queue:6379
  nads queue drain --queue redis://queue:6379 --json`;
