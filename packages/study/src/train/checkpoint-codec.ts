import { encodeNpz, type NdArray } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { State } from '@nads/train';
import * as z from 'zod/mini';
import type { Identity } from '../identity.js';
import { parseJson } from '../parse-json.js';
import { requireResumable } from '../require-resumable.js';
import { SavedArrays } from '../saved-arrays.js';
import type { Store } from '../store.js';
import { undamaged } from '../undamaged.js';
import type { Checkpoint } from './checkpoint.js';
import { identityBeforeVersions } from './checkpoint-before-versions.js';
import { decodeCheckpoint } from './decode-checkpoint.js';
import type { EpochRecord } from './history-codec.js';
import type { BestWeights } from './training.js';
import { readHistory } from './training-files.js';

/** The file of a store that holds a checkpoint. */
export const checkpointFile = 'checkpoint.npz';

/** The JSON in a checkpoint's array `settings`: all that its weights depend on. */
export const checkpointSchema = z.looseObject({
  format: z.optional(z.literal('checkpoint')),
  /** 2; 1 without a history in the file; absent in files written before formats had versions. */
  version: z.optional(z.int()),
  /** Of a built-in one. */
  architecture: z.optional(z.string()),
  pooling: z.optional(z.boolean()),
  /** Of an imported one: its file. */
  model: z.optional(z.string()),
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

/**
 * A .npz archive: every array of the state as `state/NAME`, of the best weights as `best/NAME`, whose epoch and accuracy are
 * `best` [2]; `epochs`, `steps`; `history` [epochs, 4], as in history.csv, NaN
 * where nothing is tested; `epoch_so_far`: steps, loss and correct images of an epoch that is not done; `settings` (JSON as
 * UTF-8).
 */
export function encodeCheckpoint(
  { position, steps, state, history, best }: Checkpoint,
  identity: Identity,
): Uint8Array {
  const arrays = { ...stateArrays('state', state), ...(best && bestArrays(best)) };
  arrays.epochs = { dtype: 'int32', shape: [], data: Int32Array.of(position.epochs) };
  arrays.steps = { dtype: 'int32', shape: [], data: Int32Array.of(steps) };
  arrays.history = { dtype: 'float64', shape: [history.length, 4], data: historyRows(history) };
  const soFar = Float64Array.of(position.steps, position.loss, position.correct);
  arrays.epoch_so_far = { dtype: 'float64', shape: [3], data: soFar };
  const settings = JSON.stringify({ format: 'checkpoint', version: newest, ...identity });
  const text = new TextEncoder().encode(settings);
  arrays.settings = { dtype: 'uint8', shape: [text.length], data: text };
  return encodeNpz(arrays);
}

/** Of the format. */
const newest = 2;

const stateArrays = (folder: string, state: State): Record<string, NdArray> =>
  Object.fromEntries(
    [...state].map(([name, { dims, data }]) => [
      `${folder}/${name}`,
      { dtype: 'float32', shape: dims, data },
    ]),
  );

const bestArrays = ({ epoch, accuracy, state }: BestWeights): Record<string, NdArray> => ({
  ...stateArrays('best', state),
  best: { dtype: 'float64', shape: [2], data: Float64Array.of(epoch, accuracy) },
});

const historyRows = (history: readonly EpochRecord[]): Float64Array =>
  Float64Array.from(
    history.flatMap(({ epoch, loss, trainAccuracy, testAccuracy = NaN }) => [
      epoch,
      loss,
      trainAccuracy,
      testAccuracy,
    ]),
  );

/**
 * The checkpoint that an earlier run left in a store.
 * @throws OptionError where there is none, it is damaged, or was made with other settings, naming the first that differs
 */
export async function readCheckpoint(store: Store, identity: Identity): Promise<Checkpoint> {
  const where = `${store.name}/${checkpointFile}`;
  const bytes = await store.read(checkpointFile);
  if (!bytes)
    throw new OptionError('resume', `${where} not found; leave out \`resume\` to start over`);
  const arrays = undamaged(where, () => SavedArrays.decode(bytes, where));
  const settings = settingsOf(arrays);
  requireResumable(where, storedIdentity(settings, where, identity), identity);
  const before = arrays.has('history') ? [] : await readHistory(store);
  return undamaged(where, () => decodeCheckpoint(arrays, before));
}

/** All that the weights of a checkpoint depend on. @throws where it is damaged, naming the file */
export const checkpointSettings = (arrays: SavedArrays): z.infer<typeof checkpointSchema> =>
  parseJson(arrays.file, arrays.text('settings'), checkpointSchema, newest);

/** As `checkpointSettings`. @throws OptionError */
function settingsOf(arrays: SavedArrays): z.infer<typeof checkpointSchema> {
  try {
    return checkpointSettings(arrays);
  } catch (error) {
    throw new OptionError('resume', (error as Error).message, error);
  }
}

function storedIdentity(
  settings: z.infer<typeof checkpointSchema>,
  where: string,
  wanted: Identity,
): Identity {
  const { format: _, version, ...stored } = settings;
  if (version === undefined) return identityBeforeVersions(where, stored, wanted);
  return stored as Identity;
}
