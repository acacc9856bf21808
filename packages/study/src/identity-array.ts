import type { NdArray } from '@nads/dataset';
import type { Identity } from './identity.js';
import { textOf } from './store.js';

/** An identity as an array of an archive: JSON as UTF-8. */
export function encodeIdentity(identity: Identity): NdArray {
  const data = new TextEncoder().encode(JSON.stringify(identity));
  return { dtype: 'uint8', shape: [data.length], data };
}

/** @throws where the array is missing or none of an identity */
export function decodeIdentity(array: NdArray | undefined): Identity {
  if (array?.dtype !== 'uint8') throw new Error('it does not say what it belongs to');
  return JSON.parse(textOf(Uint8Array.from(array.data as Uint8Array))) as Identity;
}
