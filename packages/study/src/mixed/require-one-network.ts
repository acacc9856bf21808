import { OptionError } from '@nads/linalg';
import type { EstimateSettings } from '../estimate/estimated.js';

/** @throws OptionError where settings ask for what only many networks or secants have. */
export function requireOneNetwork(
  settings: Pick<
    EstimateSettings,
    'further' | 'head' | 'local' | 'networks' | 'resume' | 'step' | 'tails' | 'until'
  >,
): void {
  const {
    networks = 1,
    until,
    resume = false,
    tails,
    further,
    local,
    step,
    head = 'auto',
  } = settings;
  const asked: Readonly<Record<string, boolean>> = {
    networks: networks !== 1,
    until: until !== undefined,
    resume,
    tails: tails !== undefined,
    further: further !== undefined,
    local: local !== undefined,
    step: step !== undefined,
    head: head !== 'auto' && head !== 'sampled',
  };
  const refused = Object.keys(asked).find(option => asked[option]);
  if (refused)
    throw new OptionError(
      refused,
      'a mixed derivative is of one network at its initialisation; leave it out',
    );
}
