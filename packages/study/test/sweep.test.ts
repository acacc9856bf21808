import { addresses, allPlaces, parseBasis, rowsOf, type Address, type Basis } from '@nads/basis';
import { nodeRuntime } from '@nads/runtime/node';
import { MemoryStore, planSweep, sweep, timeSweep, type SweepSettings } from '../src/index.js';
import { textOf } from '../src/store.js';

const shape = { channels: 1, height: 8, width: 8 };
const grid = parseBasis('fourier:4', shape);
const settings: SweepSettings = {
  sigma: 0.5,
  epsilon: 2,
  train: 128,
  test: 128,
  epochs: 4,
  batch: 32,
};
const runtime = nodeRuntime;
const at = (list: string, basis: Basis = grid): Address[] => addresses(list, basis, 'indices');

const fileIn = ({ files }: MemoryStore, name: string): string => textOf(files.get(name)!);
const linesIn = (store: MemoryStore): string[] =>
  fileIn(store, 'journal.jsonl').trimEnd().split('\n');

test('logistic regression learns every direction; the table has a line for each network', async () => {
  const store = new MemoryStore();
  const plans: number[] = [];
  const all = { ...settings, seeds: [0, 1] };
  const { networks, trained, entries } = await sweep('logreg', grid, at('2:2,0:1'), all, {
    runtime,
    store,
    onPlan: plan => plans.push(plan.networks, plan.done),
  });
  expect([networks, trained, plans]).toEqual([4, 4, [4, 0]]);
  for (const { testAccuracy } of entries) expect(testAccuracy).toBeGreaterThan(0.95);
  const [head, ...lines] = fileIn(store, 'results.csv').trimEnd().split('\n');
  expect(head).toBe(
    'architecture,basis,index,x,y,seed,sigma,epsilon,train_accuracy,test_accuracy,loss',
  );
  expect(lines.map(line => line.split(',').slice(0, 8).join())).toEqual([
    'logreg,fourier:4,4,0,1,0,0.5,2',
    'logreg,fourier:4,4,0,1,1,0.5,2',
    'logreg,fourier:4,10,2,2,0,0.5,2',
    'logreg,fourier:4,10,2,2,1,0.5,2',
  ]);
  expect(store.files.has('accuracy.png')).toBe(true);
});

test('results do not depend on what is there already, nor on their order', async () => {
  const [whole, parts] = [new MemoryStore(), new MemoryStore()];
  const wanted = allPlaces(grid)!.slice(0, 5);
  await sweep('logreg', grid, wanted, settings, { runtime, store: whole });
  await sweep('logreg', grid, wanted.slice(2, 4), settings, { runtime, store: parts });
  const before = linesIn(parts);
  await parts.append('journal.jsonl', '{"index":99,"se'); // a line that was cut off
  const plans: number[] = [];
  await sweep('logreg', grid, wanted, settings, {
    runtime,
    store: parts,
    onPlan: plan => plans.push(plan.done),
  });
  expect(plans).toEqual([2]);
  expect(linesIn(parts).slice(0, 3)).toEqual(before);
  expect(fileIn(parts, 'results.csv')).toBe(fileIn(whole, 'results.csv'));
});

test('a stop keeps what was done', async () => {
  const store = new MemoryStore();
  const controller = new AbortController();
  const { networks, trained } = await sweep('logreg', grid, allPlaces(grid)!, settings, {
    runtime,
    store,
    signal: controller.signal,
    onProgress: ({ done }) => void (done === 2 && controller.abort(new Error('enough'))),
  });
  expect([networks, trained]).toEqual([16, 2]);
  expect(linesIn(store)).toHaveLength(3);
});

test('numbers of a basis of waves are lowest first, with the place of each', async () => {
  const store = new MemoryStore();
  const dct = parseBasis('dct:4', shape);
  await sweep('logreg', dct, at('0-3', dct), settings, { runtime, store });
  const lines = fileIn(store, 'results.csv').trimEnd().split('\n').slice(1);
  expect(lines.map(line => line.split(',').slice(2, 5).join())).toEqual([
    '0,0,0',
    '1,0,1',
    '2,1,0',
    '3,1,1',
  ]);
  expect(store.files.has('accuracy.png')).toBe(true);
});

test('directions of a file are remembered by what they are', async () => {
  const nads = (first: number) => {
    const data = new Float64Array(2 * 64);
    data[first] = data[64 + 9] = 1;
    return parseBasis('nads:x.npy', shape, {
      rows: rowsOf('x.npy', [2, 64], data),
      eigenvalues: [2, 1],
    });
  };
  const store = new MemoryStore();
  await sweep('logreg', nads(0), at('0', nads(0)), settings, { runtime, store });
  expect(fileIn(store, 'accuracy.svg')).toContain('Eigenvalues');
  await expect(
    sweep('logreg', nads(1), at('0', nads(1)), settings, { runtime, store }),
  ).rejects.toThrow('memory/journal.jsonl belongs to another rows');
});

describe('a journal', () => {
  /** A store with a journal of two lines. */
  async function withHead(head: object): Promise<MemoryStore> {
    const store = new MemoryStore('out');
    const entry = { index: 6, seed: 0, trainAccuracy: 1, testAccuracy: 0.5, loss: 0.1 };
    await store.write([['journal.jsonl', `${JSON.stringify(head)}\n${JSON.stringify(entry)}\n`]]);
    return store;
  }
  const old = {
    architecture: 'logreg',
    basis: 'fourier:4',
    sigma: 0.5,
    epsilon: 2,
    train: 128,
    test: 128,
    epochs: 4,
    batch: 32,
    rate: 0.5,
    momentum: 0,
    weightDecay: 0,
    clip: 0.5,
    image: '1x8x8',
    pooling: true,
  };

  test('without a version is one of places where there is a grid', async () => {
    const store = await withHead(old);
    const { trained, entries } = await sweep('logreg', grid, at('2:1'), settings, {
      runtime,
      store,
    });
    expect([trained, entries]).toEqual([1, [expect.objectContaining({ testAccuracy: 0.5 })]]);
    await expect(sweep('logreg', grid, at('6'), settings, { runtime, store })).rejects.toThrow(
      'out/journal.jsonl belongs to another addressing (places, now numbers)',
    );
  });

  test('of numbers is not one of places', async () => {
    const store = new MemoryStore();
    await sweep('logreg', grid, at('6'), settings, { runtime, store });
    expect(JSON.parse(linesIn(store)[0])).toMatchObject({
      format: 'sweep',
      version: 1,
      addressing: 'numbers',
    });
    const [line] = fileIn(store, 'results.csv').split('\n').slice(1);
    expect(line.split(',').slice(2, 5)).toEqual(['6', '', '']);
    await expect(sweep('logreg', grid, at('2:1'), settings, { runtime, store })).rejects.toThrow(
      'another addressing (numbers, now places)',
    );
  });

  test('without a version is refused where its indices are other directions now', async () => {
    const dct = parseBasis('dct:4', shape);
    const store = await withHead({ ...old, basis: 'dct:4' });
    await expect(sweep('logreg', dct, at('0', dct), settings, { runtime, store })).rejects.toThrow(
      /written by an older nads, in which indices of dct:4 counted a grid row by row/,
    );
    const random = parseBasis('random:4', shape);
    const colour = await withHead({ ...old, basis: 'random:4', image: '3x8x8' });
    const all = { ...settings, channels: 3 };
    await expect(
      sweep('logreg', random, at('0', random), all, { runtime, store: colour }),
    ).rejects.toThrow('in which random:4 held directions of whole images');
  });

  test('without a version goes on where a name means what it meant', async () => {
    const random = parseBasis('random:7', shape);
    const store = await withHead({ ...old, basis: 'random:7' });
    const { trained } = await sweep('logreg', random, at('6', random), settings, {
      runtime,
      store,
    });
    expect(trained).toBe(1);
  });

  test.each([
    [{ ...old, rate: 0.1 }, 'out/journal.jsonl belongs to another rate (0.1, now 0.5)'],
    [{ ...old, version: 2 }, 'out/journal.jsonl, line 1: format version 2'],
    [{ ...old, image: 8 }, 'out/journal.jsonl, line 1: image: '],
  ])('with %j is refused', async (head, message) => {
    const store = await withHead(head);
    await expect(sweep('logreg', grid, at('2:1'), settings, { runtime, store })).rejects.toThrow(
      message,
    );
  });

  test('with a damaged line is refused, saying what to do', async () => {
    const store = await withHead(old);
    await store.append('journal.jsonl', 'oops\n');
    await expect(sweep('logreg', grid, at('2:1'), settings, { runtime, store })).rejects.toThrow(
      /out\/journal\.jsonl, line 3: not JSON \(.*\); remove that line, or the file to start over/,
    );
  });
});

test.each<[Partial<SweepSettings>, string]>([
  [{ sigma: 0 }, '`sigma`: 0 is not a number above 0'],
  [{ epsilon: -1 }, '`epsilon`: -1 is not a number above 0'],
])('%j is refused', async (wrong, message) => {
  const all = { ...settings, ...wrong };
  await expect(sweep('logreg', grid, at('0:0'), all, { runtime })).rejects.toThrow(message);
});

test('a grid that does not fit the images is refused before anything is trained', async () => {
  const odd = parseBasis('fourier:4', { channels: 1, height: 9, width: 9 });
  await expect(sweep('logreg', odd, at('0:0', odd), settings, { runtime })).rejects.toThrow(
    'a Fourier grid of 4×4 does not fit images of 9×9',
  );
});

test('a network that diverges is named', async () => {
  const wild = { ...settings, rate: 1e30, clip: 1e30, sigma: 1e10, epsilon: 1e10 };
  await expect(sweep('logreg', grid, at('1:2'), wild, { runtime })).rejects.toThrow(
    /^direction 1:2, seed 0: the loss is .* a smaller `rate` or `clip` may help/,
  );
});

test('a sweep is timed by a few steps of one network', async () => {
  const plan = await planSweep('logreg', grid, allPlaces(grid)!, settings);
  const { networks, stepsPerNetwork, secondsPerStep } = await timeSweep(plan, runtime);
  expect([networks, stepsPerNetwork]).toEqual([16, 16]);
  expect(secondsPerStep).toBeGreaterThan(0);
});
