import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { place, positive, threads } from './arguments.js';
import { queueFlag, storeFlag } from './queue-options.js';

/** `nads worker`. */
export const worker = (): Command =>
  new Command('worker')
    .description('Does tasks of studies that run with --queue, here or on other machines.')
    .requiredOption(queueFlag, 'Redis, as redis://host:6379, or rediss:// with encryption')
    .requiredOption(storeFlag, 'the folder that studies and workers share, or s3://BUCKET/PREFIX')
    .option(
      '--workers <n>',
      'number of threads; results do not depend on it',
      threads,
      availableParallelism(),
    )
    .option('--name <name>', 'for messages (default: of the machine, and a number)')
    .option('--idle <seconds>', 'end after so long without a task (default: never)', positive)
    .option(
      '--lease <seconds>',
      'without a sign of life for so long, others take a task over',
      positive,
      30,
    )
    .addOption(
      new Option('--log <how>', 'lines for people, or JSON for programs, on stderr')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option(
      '--metrics <place>',
      'serve Prometheus metrics at PORT of this machine, or at HOST:PORT',
      place,
    )
    .option('-q, --quiet', 'say only what goes wrong')
    .addHelpText('after', examples)
    .action(async options => (await import('../queue/worker.js')).worker(options));

const examples = `
User and password of Redis are taken from REDIS_USERNAME and REDIS_PASSWORD, keys of S3 from where the AWS SDK looks for them
(AWS_ACCESS_KEY_ID, …; AWS_ENDPOINT_URL_S3 for a server of your own). Ctrl-C or SIGTERM: it finishes the tasks that it is at and
ends; once more ends at once, and other workers take the tasks over. Only studies of the same version, build, runtime and arithmetic
of the processor get their tasks done, so that results are the same on every worker.

Examples:
  nads worker --queue redis://queue:6379 --store /mnt/nads
  nads worker --queue rediss://queue:6380 --store s3://models/nads --workers 8 --idle 600 --log json
  nads worker --queue redis://queue:6379 --store /mnt/nads --metrics 0.0.0.0:9464`;
