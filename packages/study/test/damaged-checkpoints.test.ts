import { addresses, parseBasis } from '@nads/basis';
import { decodeNpz, type NdArray } from '@nads/dataset';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import { estimate, MemoryStore, setsAlong, train } from '../src/index.js';
import { numbers, withArrays } from './other-arrays.js';
import { network, shape } from './small-models.js';

const basis = parseBasis('dct', shape);
const few = { sigma: 0.5, epsilon: 2, train: 64, test: 64 };
const sets = setsAlong(basis, addresses('3', basis, 'direction')[0], few);

/** Trains two epochs of two steps. */
const training = (store: MemoryStore, resume = false): Promise<unknown> =>
  train('logreg', sets, { epochs: 2, batch: 32, resume }, { runtime, store });

const drawing = (store: MemoryStore, resume = false): Promise<unknown> =>
  estimate(network(), { networks: 3, resume }, { runtime, store });

const whole = (shape: readonly number[], value: number): NdArray => ({
  dtype: 'int32',
  shape,
  data: Int32Array.of(value),
});

/** What is said where a run goes on from a state with another array. */
async function complaint(
  run: typeof training,
  file: string,
  arrays: Readonly<Record<string, NdArray | undefined>>,
): Promise<string> {
  const store = new MemoryStore('out');
  await run(store);
  const error = await run(withArrays(store, file, arrays), true).catch((error: Error) => error);
  return (error as Error).message;
}

const damaged = (file: string, problem: string): string =>
  `\`resume\`: out/${file} is damaged (${problem}); remove it and start again`;

test.each<[array: string, NdArray | undefined, problem: string]>([
  ['epochs', whole([], -1), 'epochs: -1 is not a number of epochs'],
  ['epochs', whole([], 2 ** 31 - 1), 'history: shape (2, 4), expected (2147483647, 4)'],
  ['steps', whole([], 5), '5 steps are not 2 epochs of 2 steps and 0 steps; 2 epochs are wanted'],
  ['steps', undefined, "no array 'steps' in it"],
  ['history', numbers([2, 4], NaN), 'history: row 0 is not that of an epoch'],
  ['epoch_so_far', numbers([3], 0.5), 'epoch_so_far: steps and correct images are no counts'],
])('a checkpoint with another array %s is refused', async (array, value, problem) => {
  expect(await complaint(training, 'checkpoint.npz', { [array]: value })).toBe(
    damaged('checkpoint.npz', problem),
  );
});

test('a checkpoint of weights that are not finite is refused', async () => {
  const store = new MemoryStore('out');
  await training(store);
  const arrays = decodeNpz(store.files.get('checkpoint.npz')!);
  const [name, { shape: dims, data }] = [...arrays].find(([one]) => one.startsWith('state/'))!;
  const none = new Float32Array(data.length).fill(NaN);
  const weights: NdArray = { dtype: 'float32', shape: dims, data: none };
  expect(await complaint(training, 'checkpoint.npz', { [name]: weights })).toBe(
    damaged('checkpoint.npz', `${name}: value 0 is NaN, expected a finite number`),
  );
});

test.each<[array: string, NdArray | undefined, problem: string]>([
  ['networks', numbers([1], 1e300), 'networks: 1e+300 is no number of networks'],
  ['networks', whole([1], 2 ** 31 - 1), 'networks: 2147483647 is no number of networks'],
  ['networks', whole([1], 1), 'group_1_block_0: 1 networks have no such sums'],
  ['group_0_block_0', numbers([6], -1), 'group_0_block_0: -1 in the diagonal of sums of squares'],
  ['group_0_block_0', numbers([3]), 'group_0_block_0: shape (3), expected (6)'],
  ['group_9_block_9', numbers([3]), 'group_9_block_9: 3 networks have no such sums'],
])('a tally with another array %s is refused', async (array, value, problem) => {
  expect(await complaint(drawing, 'tally.npz', { [array]: value })).toBe(
    damaged('tally.npz', problem),
  );
});
