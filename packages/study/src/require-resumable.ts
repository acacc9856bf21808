import { OptionError } from '@nads/linalg';
import { requireSame, type Identity } from './identity.js';

/** @throws OptionError where what a run would go on from belongs to other settings, naming the first that differs */
export function requireResumable(where: string, found: Identity, wanted: Identity): void {
  try {
    requireSame(where, found, wanted);
  } catch (error) {
    throw new OptionError('resume', (error as Error).message, error);
  }
}
