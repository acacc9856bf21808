import { addresses, parseBasis } from '@nads/basis';
import { matrix, Random } from '@nads/linalg';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import {
  encodeElasticityState,
  readElasticityState,
} from '../src/elasticity/elasticity-state-codec.js';
import { estimate, margins, MemoryStore, setsAlong, sweep, train } from '../src/index.js';
import { encodeKernelState, readKernelState } from '../src/ntk/kernel-state-codec.js';
import { damaged } from './damaged.js';
import { problemOf } from './problem-of.js';
import { images, linearModel, network, shape, vector } from './small-models.js';

const linear = linearModel([vector({ 0: 3 }), vector({ 1: 4 })]);
const short = { sigma: 0.5, epsilon: 2, train: 64, test: 64, epochs: 2, batch: 32 };
const dct = parseBasis('dct', shape);
const grid = parseBasis('fourier:4', { channels: 1, height: 8, width: 8 });
const classes = images(6, i => i % 2);
const identity = { seed: 1 };
const state = { blocks: 1, kernel: matrix(2, 2) };

/** Goes on from what a store holds. */
type Run = (store: MemoryStore, resume: boolean) => Promise<unknown>;

const written = async (store: MemoryStore, file: string, bytes: Uint8Array): Promise<void> =>
  store.write([[file, bytes]]);

const runs: Readonly<Record<string, Run>> = {
  'tally.npz': (store, resume) => estimate(network(), { networks: 3, resume }, { runtime, store }),
  'checkpoint.npz': async (store, resume) => {
    const [address] = addresses('3', dct, 'direction');
    const { epochs, batch, ...few } = short;
    const settings = { epochs, batch, resume };
    return train('logreg', setsAlong(dct, address, few), settings, { runtime, store });
  },
  'journal.jsonl': store =>
    sweep('logreg', grid, addresses('2:2,0:1', grid, 'indices'), short, { runtime, store }),
  'margins.jsonl': (store, resume) =>
    margins(linear, classes, { block: 4, blocks: '0,2', resume }, { runtime, store }),
  'kernel.npz': (store, resume) =>
    resume
      ? readKernelState(store, identity, 2)
      : written(store, 'kernel.npz', encodeKernelState(state, identity)),
  'similarities.npz': (store, resume) =>
    resume
      ? readElasticityState(store, identity, 2)
      : written(
          store,
          'similarities.npz',
          encodeElasticityState({ kernels: [matrix(2, 2)], next: state }, identity, 2),
        ),
};

/** More with TRIES=1000. */
const tries = Number(process.env.TRIES ?? 25);

test.each(Object.entries(runs))(
  'whatever happens to %s, it is gone on from, or refused by name',
  async (file, run) => {
    const whole = new MemoryStore('out');
    await run(whole, false);
    const random = new Random(`any damage to ${file}`);
    const problems = new Map<string, number>();
    for (let i = 0; i < tries; i++) {
      const store = new MemoryStore('out');
      await store.write([...whole.files]);
      await store.write([[file, damaged(file, whole.files.get(file)!, random)]]);
      await run(store, true).catch((error: Error) => {
        const problem = problemOf(error);
        if (problem !== undefined) problems.set(problem, i);
      });
    }
    expect(problems).toEqual(new Map());
  },
);
