import { Option } from 'commander';

/** --output, of commands that take one output of a model. */
export const outputOption = (): Option =>
  new Option(
    '--output <name>',
    'which output, where a model has several (default: that of the last linear layer, before a softmax)',
  );
