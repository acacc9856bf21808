import type { NdArray } from '@nads/dataset';
import * as z from 'zod/mini';
import type { Identity } from './identity.js';
import { parseJson } from './parse-json.js';
import { textOf } from './store.js';

/** An identity as an array of an archive: JSON as UTF-8. */
export function encodeIdentity(identity: Identity): NdArray {
  const data = new TextEncoder().encode(JSON.stringify(identity));
  return { dtype: 'uint8', shape: [data.length], data };
}

const identitySchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

/** @throws where the array is missing or none of an identity */
export function decodeIdentity(array: NdArray | undefined): Identity {
  if (array?.dtype !== 'uint8') throw new Error('it does not say what it belongs to');
  const text = textOf(Uint8Array.from(array.data as Uint8Array));
  return parseJson('identity', text, identitySchema, Infinity);
}
