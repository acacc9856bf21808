import { Option } from 'commander';
import { providers } from '@nads/runtime';

/** --provider, which has no default: results of earlier versions do not name one. */
export const providerOption = (): Option =>
  new Option(
    '--provider <name>',
    'what runs models: an accelerator is compared with the processor first (default: cpu)',
  ).choices(providers);
