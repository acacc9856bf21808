import { decodeNpz } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import { inProcessPool, type Pool, type Progress } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  decodeNads,
  digest,
  estimate,
  estimateFiles,
  estimateSummary,
  estimateText,
  MemoryStore,
  savedPictures,
  services,
  soFarEstimateFiles,
  sourceModel,
  svgOf,
  type EstimatePlan,
  type EstimateSettings,
  type NamedFile,
} from '../src/index.js';
import { textOf } from '../src/store.js';
import { averagedModel, deadNetwork } from './small-models.js';

const path = fileURLToPath(new URL('../../../models/lenet.onnx', import.meta.url));
const source = sourceModel('lenet.onnx', readFileSync(path));
const averaged = averagedModel();
const runtime = nodeRuntime;
const small: EstimateSettings = { networks: 4, seed: 3, basis: 'dct:8' };

const contents = (files: readonly NamedFile[], name: string): Uint8Array =>
  files.find(([file]) => file === name)![1] as Uint8Array;

test('an estimate gives directions, their files, and progress', async () => {
  const seen: Progress[] = [];
  const plans: number[] = [];
  const result = await estimate(source, small, {
    runtime,
    onProgress: progress => void seen.push(progress),
    onPlan: ({ preparation }) => void plans.push(preparation.directions),
  });
  expect(plans).toEqual([64]);
  expect(seen.map(({ unit, done, total }) => [unit, done, total])).toEqual(
    [1, 2, 3, 4].map(done => ['networks', done, 4]),
  );
  expect(result.directions.eigenvalues).toHaveLength(64);
  const files = estimateFiles(result);
  expect(files.map(([name]) => name)).toEqual([
    'nads.npz',
    'nads.json',
    'gallery.svg',
    'gallery.png',
    'spectrum.svg',
  ]);
  expect(decodeNpz(contents(files, 'nads.npz'), 'nads.npz').get('nads')!.shape).toEqual([64, 1024]);
});

test('workers on other machines take no memory of this one, and their number is not claimed', async () => {
  const many: Pool = { ...inProcessPool(services, runtime), size: 1000 };
  const memory = 4e9;
  await expect(estimate(source, small, { runtime, pool: many, memory })).rejects.toThrow(
    'use fewer `workers`',
  );
  const plans: (number | undefined)[] = [];
  const pool: Pool = { ...many, isRemote: true };
  const onPlan = (plan: EstimatePlan): void => void plans.push(plan.workers, plan.memory);
  await estimate(source, small, { runtime, pool, memory, onPlan });
  expect(plans).toEqual([undefined, expect.any(Number)]);
  expect(plans[1]).toBeLessThan(memory);
});

test('where the runtime takes long to start a worker tries the network out, and this thread makes no session', async () => {
  const slow = { ...runtime, slowSessions: true, slowDoubles: true };
  const pool = inProcessPool(services, slow);
  const here = { ...slow, createSession: () => Promise.reject(new Error('a session here')) };
  const found = await estimate(source, small, { runtime: here, pool });
  const usual = await estimate(source, small, { runtime });
  expect(found.unresolved).toBe(usual.unresolved);
  expect(found.preparation.plan.local?.rounds).toBe(usual.preparation.plan.local?.rounds);
  const [first, expected] = [found, usual].map(({ directions }) => directions.eigenvalues[0]);
  expect(Math.abs(first / expected - 1)).toBeLessThan(1e-5);
});

test('an estimate that is stopped while a worker tries the network out gives its reason', async () => {
  const slow = { ...runtime, slowSessions: true };
  const controller = new AbortController();
  const pool = inProcessPool(services, slow);
  const begin = pool.begin.bind(pool);
  pool.begin = (name, setup) => {
    const job = begin(name, setup);
    controller.abort(new DOMException('paused', 'AbortError'));
    return job as never;
  };
  const { signal } = controller;
  await expect(estimate(source, small, { runtime: slow, pool, signal })).rejects.toThrow('paused');
});

test('files of what is known so far have the numbers, and say that not all directions were sought', async () => {
  const found = await estimate(source, { ...small, save: 16 }, { runtime });
  const files = soFarEstimateFiles(found);
  expect(files.map(([name]) => name)).toEqual([
    'nads.npz',
    'nads.json',
    'gallery.svg',
    'spectrum.svg',
  ]);
  expect(JSON.parse(files[1][1] as string)).toMatchObject({
    so_far: true,
    directions: { saved: 16 },
  });
  const summary = estimateSummary(found);
  const text = (index: number): string[] =>
    estimateText(
      { ...summary, noise_floor: { index, upper: 1 } as never },
      found.directions.eigenvalues,
      found.directions.standardErrors,
    );
  expect(text(16)[1]).toContain('NADs         at least 16 of 64');
  expect(text(15)[1]).toContain('NADs         15 of 64');
});

test('what is known so far is shown meanwhile', async () => {
  const seen: number[] = [];
  const now = performance.now.bind(performance);
  let clock = 0;
  performance.now = () => (clock += 400); // a network takes several looks at the clock
  try {
    await estimate(source, small, {
      runtime,
      onEstimate: ({ tally, directions }) => {
        seen.push(tally.networks);
        expect(directions.eigenvalues).toHaveLength(64);
      },
    });
  } finally {
    performance.now = now;
  }
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
});

test('what is written can be read again, and says what it is', async () => {
  const files = estimateFiles(await estimate(source, small, { runtime }));
  const json = files.find(([name]) => name === 'nads.json')![1] as string;
  const read = decodeNads(
    'out/nads.npz',
    contents(files, 'nads.npz'),
    new TextEncoder().encode(json),
  );
  expect(read.rows.rows).toBe(64);
  expect(read.summary).toMatchObject({
    format: 'nads',
    version: 1,
    networks: 4,
    model: { sha256: digest(readFileSync(path)) },
    settings: { basis: 'dct:8', seed: 3 },
  });
});

test('the same seed gives the same bytes, whoever does the work', async () => {
  const pool = inProcessPool(services, runtime);
  const [a, b] = [
    estimateFiles(await estimate(source, small, { runtime })),
    estimateFiles(await estimate(source, small, { runtime, pool })),
  ];
  expect(contents(a, 'nads.npz')).toEqual(contents(b, 'nads.npz'));
});

test('where the signal is aborted, what was done is kept and can be gone on from', async () => {
  const store = new MemoryStore();
  const controller = new AbortController();
  const stopped = await estimate(source, small, {
    runtime,
    store,
    signal: controller.signal,
    onProgress: ({ done }) => void (done === 2 && controller.abort()),
  });
  expect(stopped.tally.networks).toBe(2);
  const whole = await estimate(source, { ...small, resume: true }, { runtime, store });
  const once = await estimate(source, small, { runtime });
  expect(contents(estimateFiles(whole), 'nads.npz')).toEqual(
    contents(estimateFiles(once), 'nads.npz'),
  );
});

test('aborted before the first network it throws the reason', async () => {
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  await expect(estimate(source, small, { runtime, signal })).rejects.toBe(reason);
});

test('sums of other settings are not gone on from', async () => {
  const store = new MemoryStore('out');
  await estimate(source, { ...small, networks: 1 }, { runtime, store });
  const other = estimate(source, { ...small, seed: 4, resume: true }, { runtime, store });
  await expect(other).rejects.toThrow('out/tally.npz belongs to another seed (3, now 4)');
  await expect(other).rejects.toThrow(OptionError);
});

test('sums over waves in the order of before are refused, since they would be added to others', async () => {
  const store = new MemoryStore('out');
  await estimate(source, { ...small, networks: 1 }, { runtime, store });
  const tally = decodeNpz(store.files.get('tally.npz')!, 'tally.npz');
  const identity = JSON.parse(
    new TextDecoder().decode(Uint8Array.from(tally.get('identity')!.data as Uint8Array)),
  );
  expect(identity['order of directions']).toBe('lowest frequency first');
});

test.each([
  [{ networks: 0 }, '`networks`: 0 is not a positive integer'],
  [{ top: 1.5 }, '`top`: 1.5 is not a positive integer'],
  [{ basis: 'dct:99' }, 'lenet.onnx: `basis`: dct:99 has more waves per side'],
  [{ basis: 'dct:4', rows: { rows: { rows: 0, columns: 0, data: new Float64Array() } } }, '`rows`'],
  [{ resume: true }, '`resume`: resuming needs a store'],
  [{ networks: 1, step: 3, probe: 'gradient' as const }, '`step`: gradients have no step'],
])('%p is refused', async (change, message) => {
  await expect(estimate(source, { ...small, ...change }, { runtime })).rejects.toThrow(message);
});

test('an estimate that needs more memory than there is is refused before any work', async () => {
  await expect(estimate(source, small, { runtime, memory: 1e6 })).rejects.toThrow(
    /lenet.onnx: 64 directions need about .*B of memory, but only 1 MB are available/,
  );
});

test('what was done is given without waiting for networks that run', async () => {
  const stop = new AbortController();
  const pool = inProcessPool(services, runtime);
  const never = new Promise<never>(() => {});
  const stuck: Pool = {
    ...pool,
    begin: (name, setup) => {
      const job = pool.begin(name, setup);
      return {
        run: task => (Number(task) < 2 ? (job.run(task) as Promise<never>) : never),
        end: () => never,
      };
    },
  };
  const { tally } = await estimate(source, small, {
    runtime,
    pool: stuck,
    signal: stop.signal,
    onProgress: ({ done }) => void (done === 2 && setTimeout(() => stop.abort(), 0)),
  });
  expect(tally.networks).toBe(2);
});

test('an estimate with further networks goes on, though their differences may be below 0', async () => {
  const settings: EstimateSettings = { seed: 1, networks: 4, further: 2 };
  const store = new MemoryStore();
  const begun = await estimate(averaged, settings, { runtime, store });
  const diagonals = begun.tally.groups
    .flat()
    .flatMap(({ rows, data }) => Array.from({ length: rows }, (_, i) => data[i * (rows + 1)]));
  expect(Math.min(...diagonals)).toBeLessThan(0);
  const more = { ...settings, networks: 6 };
  const resumed = await estimate(averaged, { ...more, resume: true }, { runtime, store });
  const whole = await estimate(averaged, more, { runtime });
  expect(contents(estimateFiles(resumed), 'nads.npz')).toEqual(
    contents(estimateFiles(whole), 'nads.npz'),
  );
});

describe('an estimate that is not done', () => {
  const recorded = (): { store: MemoryStore; kept: MemoryStore[] } => {
    const store = new MemoryStore('out');
    const kept: MemoryStore[] = [];
    const write = store.write.bind(store);
    store.write = async files => {
      await write(files);
      if (!files.some(([name]) => name === 'so-far.json')) return;
      const copy = new MemoryStore('out');
      await copy.write([...store.files]);
      kept.push(copy);
    };
    return { store, kept };
  };

  /** Time goes faster: everything that is done now and then is due. */
  beforeEach(() => {
    let now = 0;
    performance.now = () => (now += 60_000);
  });
  afterEach(() => void Reflect.deleteProperty(performance, 'now'));

  test('keeps what it knows where it can be looked at, until it is done', async () => {
    const { store, kept } = recorded();
    await estimate(source, small, { runtime, store });
    expect(kept.length).toBeGreaterThan(0);
    for (const each of kept) {
      const json = JSON.parse(textOf((await each.read('so-far.json'))!));
      const pictures = await savedPictures(each);
      expect(pictures.map(({ name }) => name)).toEqual(['gallery', 'spectrum']);
      expect(svgOf(pictures[0])).toContain(
        `lenet.onnx, ${json.networks} network${json.networks === 1 ? '' : 's'} so far`,
      );
      const file = decodeNads('so-far.npz', (await each.read('so-far.npz'))!);
      expect(file.rows.rows).toBe(64);
    }
    expect([...store.files.keys()]).toEqual(['tally.npz']);
  });

  test('is not shown where one that is done lies beside it', async () => {
    const { store, kept } = recorded();
    const result = await estimate(source, small, { runtime, store });
    const [both] = kept;
    await both.write(estimateFiles(result));
    const pictures = await savedPictures(both);
    expect(pictures.map(({ name }) => name)).toEqual(['gallery', 'spectrum']);
    expect(svgOf(pictures[0])).toMatch(/lenet.onnx, 4 networks(?! so far)/);
  });

  test('has nothing to show where no output has changed', async () => {
    const { store, kept } = recorded();
    await expect(estimate(deadNetwork(), { networks: 4 }, { runtime, store })).rejects.toThrow(
      'outputs of 4 network(s) with fresh weights changed along no direction',
    );
    expect(kept).toEqual([]);
  });
});
