import type { Command } from 'commander';
import type { OptionValue } from '@nads/pipeline';
import type { QueueFlags } from '../commands/queue-options.js';
import { withoutEffect } from '../commands/without-effect.js';

/**
 * Options of a command for which workers behind a queue do the tasks, where it has such: how many threads it would have had itself is
 * left out, since results do not depend on that.
 */
export function queuedOptions(
  command: Command,
  options: Readonly<Record<string, OptionValue>>,
  { queue, store }: QueueFlags,
): Readonly<Record<string, OptionValue>> {
  if (queue === undefined || !command.options.some(({ long }) => long === '--queue'))
    return options;
  if (withoutEffect(command, options).has('queue')) return options;
  const given = { ...options, queue, ...(store !== undefined && { store }) };
  const needless = withoutEffect(command, given);
  return Object.fromEntries(Object.entries(given).filter(([name]) => !needless.has(name)));
}
