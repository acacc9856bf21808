import { Option } from 'commander';
import { providers, type Provider } from '@nads/runtime';

/** Options of commands whose models an accelerator can run. */
export interface ProviderFlags {
  readonly provider?: Provider;
}

/**
 * --provider, of commands that do most of their work in single precision on onnxruntime. It has no default: results of earlier versions do
 * not name one.
 */
export const providerOption = (): Option =>
  new Option(
    '--provider <name>',
    'what runs models: an accelerator is compared with the processor first (default: cpu)',
  ).choices(providers);
