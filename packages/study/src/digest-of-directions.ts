import { directionAt, directionRows, fileOfBasis, type Address, type Basis } from '@nads/basis';
import type { Identity } from './identity.js';
import { digest } from './source-model.js';

/**
 * What tells directions of a file from others that it may hold another time, for what is kept between runs; nothing where a name
 * says all.
 * @param addresses only these directions
 */
export function digestOfDirections(basis: Basis, addresses?: readonly Address[]): Identity {
  if (fileOfBasis(basis.name) === undefined) return {};
  const rows = addresses
    ? addresses.map(address => directionAt(basis, address))
    : [directionRows(basis).data];
  const digests = rows.map(({ buffer, byteOffset, byteLength }) =>
    digest(new Uint8Array(buffer, byteOffset, byteLength)).slice(0, 16),
  );
  return { rows: digests.join(' ') };
}
