import { oneAddress, type Address, type Basis, type ImageShape } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import { readBasis } from './read-basis.js';

/** A direction, and the basis that it belongs to. */
export interface BasisDirection {
  readonly basis: Basis;
  readonly address: Address;
}

/**
 * The direction that BASIS@ADDRESS names, as in 'fourier:16@9:7'.
 * @throws OptionError where that is none or several; one line that names the file of a basis
 */
export function readDirection(spec: string, shape: ImageShape): BasisDirection {
  const at = spec.lastIndexOf('@');
  if (at < 1)
    throw new OptionError(
      'direction',
      `'${spec}' does not name a direction; expected BASIS@INDEX, as in fourier:16@9:7`,
    );
  const basis = basisOf(spec.slice(0, at), shape);
  return { basis, address: oneAddress(spec.slice(at + 1), basis, 'direction') };
}

/** @throws OptionError of `direction`, whose part the basis is */
function basisOf(name: string, shape: ImageShape): Basis {
  try {
    return readBasis(name, shape);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new OptionError('direction', error.message.replace('`basis`: ', ''), error);
  }
}
