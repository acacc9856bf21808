import type { NdArray } from '@nads/dataset';
import * as z from 'zod/mini';
import type { Identity } from './identity.js';
import { parseJson } from './parse-json.js';
import type { SavedArrays } from './saved-arrays.js';

/** An identity as an array of an archive: JSON as UTF-8. */
export function encodeIdentity(identity: Identity): NdArray {
  const data = new TextEncoder().encode(JSON.stringify(identity));
  return { dtype: 'uint8', shape: [data.length], data };
}

const identitySchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

/** The identity in an archive. @throws where the array `identity` is missing or none */
export const decodeIdentity = (arrays: SavedArrays): Identity =>
  parseJson(`${arrays.file}[identity]`, arrays.text('identity'), identitySchema, Infinity);
