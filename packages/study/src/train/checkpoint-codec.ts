import { decodeNpz, encodeNpz, type NdArray } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { State } from '@nads/train';
import * as z from 'zod/mini';
import { requireSame, type Identity } from '../identity.js';
import { parseJson } from '../parse-json.js';
import { textOf, type Store } from '../store.js';
import { identityBeforeVersions } from './checkpoint-before-versions.js';

/** The file of a store that holds a checkpoint. */
export const checkpointFile = 'checkpoint.npz';

/** State of a training. */
export interface Checkpoint {
  readonly epochs: number;
  readonly steps: number;
  readonly state: State;
}

/** The JSON in a checkpoint's array `settings`: all that its weights depend on. */
export const checkpointSchema = z.looseObject({
  format: z.optional(z.literal('checkpoint')),
  /** 1; absent in files written before formats had versions. */
  version: z.optional(z.int()),
  architecture: z.string(),
  pooling: z.boolean(),
  optimizer: z.string(),
  schedule: z.string(),
  rate: z.number(),
  momentum: z.number(),
  weightDecay: z.number(),
  /** Absent if gradients are not clipped. */
  clip: z.optional(z.number()),
  epochs: z.int(),
  batch: z.int(),
  seed: z.int(),
  /** BASIS@ADDRESS of images along a direction. */
  direction: z.optional(z.string()),
  /** The set of images that are not along a direction. */
  data: z.optional(z.string()),
});

/** A .npz archive: every array of the state as `state/NAME`, and `epochs`, `steps`, `settings` (JSON as UTF-8). */
export function encodeCheckpoint(
  { epochs, steps, state }: Checkpoint,
  identity: Identity,
): Uint8Array {
  const arrays: Record<string, NdArray> = {};
  for (const [name, { dims, data }] of state)
    arrays[`state/${name}`] = { dtype: 'float32', shape: dims, data };
  arrays.epochs = { dtype: 'int32', shape: [], data: Int32Array.of(epochs) };
  arrays.steps = { dtype: 'int32', shape: [], data: Int32Array.of(steps) };
  const settings = JSON.stringify({ format: 'checkpoint', version: 1, ...identity });
  const text = new TextEncoder().encode(settings);
  arrays.settings = { dtype: 'uint8', shape: [text.length], data: text };
  return encodeNpz(arrays);
}

/**
 * The checkpoint that an earlier run left in a store.
 * @throws OptionError where there is none, it is damaged, or was made with other settings, naming the first that differs
 */
export async function readCheckpoint(store: Store, identity: Identity): Promise<Checkpoint> {
  const where = `${store.name}/${checkpointFile}`;
  const bytes = await store.read(checkpointFile);
  if (!bytes)
    throw new OptionError('resume', `${where} not found; leave out \`resume\` to start over`);
  try {
    const arrays = decodeNpz(bytes, where);
    requireSame(where, storedIdentity(arrays, where, identity), identity);
    return checkpointIn(arrays, where);
  } catch (error) {
    throw new OptionError('resume', (error as Error).message, error);
  }
}

function storedIdentity(
  arrays: ReadonlyMap<string, NdArray>,
  where: string,
  wanted: Identity,
): Identity {
  const array = arrays.get('settings');
  if (array?.dtype !== 'uint8') throw new Error(`${where}: no array 'settings' in it`);
  const text = textOf(Uint8Array.from(array.data as Uint8Array));
  const { format: _, version, ...stored } = parseJson(where, text, checkpointSchema, 1);
  if (version === undefined) return identityBeforeVersions(where, stored, wanted);
  return stored as Identity;
}

function checkpointIn(arrays: ReadonlyMap<string, NdArray>, where: string): Checkpoint {
  const count = (name: string): number => {
    const value = Number(arrays.get(name)?.data[0]);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new Error(`${where}: no count '${name}' in it`);
  };
  const state = [...arrays].flatMap(([name, { shape, data }]) =>
    name.startsWith('state/')
      ? [[name.slice('state/'.length), { dims: shape, data: data as Float32Array }] as const]
      : [],
  );
  return { epochs: count('epochs'), steps: count('steps'), state: new Map(state) };
}
