import { effectiveRank, Random } from '@nads/linalg';
import {
  MemoryStore,
  decodeAtlas,
  encodeAtlas,
  gatherAtlas,
  parseArchitectures,
} from '../src/index.js';
import { disattenuated } from '../src/atlas/disattenuated.js';
import { quantisedRows, restoredRows } from '../src/atlas/quantised-rows.js';
import { spectralDistance } from '../src/atlas/spectral-distance.js';
import { spectralNumbers } from '../src/atlas/spectral-numbers.js';
import { spreadBetween, type TwoMeasured } from '../src/atlas/spread-between.js';
import { damaged } from './damaged.js';
import { bytes, numbers, withArrays } from './other-arrays.js';
import { problemOf } from './problem-of.js';
import {
  architecture,
  cosines,
  member,
  noise,
  side,
  steep,
  syntheticResult,
  turned,
} from './synthetic-members.js';

const tops = [2, 4];
const angle = 0.5;
const straight = () => member('a', [cosines(), cosines()]);
const turnedBy = (name: string, by: number) =>
  member(name, [turned(cosines(), 1, 5, by), turned(cosines(), 1, 5, by)], {
    from: 'a',
    changes: 'straight → turned',
    choice: 'angle',
  });
const unknown = () => member('n', [noise('one'), noise('two')]);
const small = () => gatherAtlas([straight(), turnedBy('b', angle), unknown()], { tops });

test('two members whose second directions differ by an angle overlap as that says, and noise within itself by chance', async () => {
  const { overlaps, summary } = await small();
  const [two, four] = overlaps.map(({ overlap }) => overlap.data);
  expect(two[1]).toBeCloseTo((1 + Math.cos(angle) ** 2) / 2, 6);
  expect(four[1]).toBeCloseTo((3 + Math.cos(angle) ** 2) / 4, 6);
  expect([two[0], two[4]]).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
  expect(four[8]).toBeLessThan(0.3);
  expect(summary.members[0].subspaces[1]).toMatchObject({ top: 4, halves: [1, 1] });
  expect(summary.calibration.map(({ pairs }) => pairs)).toEqual([1, 1]);
});

test('a member that prefers all directions alike is compared with no others, however well they repeat', async () => {
  const alike = new Float64Array(64).fill(2);
  const { summary, overlaps } = await gatherAtlas(
    [straight(), member('i', [cosines(), cosines()], {}, [alike, alike])],
    { tops },
  );
  expect(summary.members[1].alone).toMatch(/^it prefers no direction/);
  expect(overlaps[0].overlap.rows).toBe(1);
});

test('numbers of a member are those of its spectrum, and its symmetries are listed', async () => {
  const { summary } = await small();
  const [{ numbers, symmetries, above_noise: above }] = summary.members;
  const all = steep();
  const sum = all.reduce((a, b) => a + b);
  expect(numbers.leading_share.value).toBeCloseTo(1 / sum, 10);
  expect(numbers.effective_rank.value).toBeGreaterThan(5);
  expect(numbers.low_frequencies.value).toBeGreaterThan(0.5);
  expect(numbers.low_frequencies.error).toBeLessThan(0.02);
  expect(symmetries[1]).toEqual({
    relabelling: 'flip rows',
    holds: false,
    reason: "'pool' is lopsided",
  });
  expect(above).toEqual([5, 5]);
});

test('a correlation without the noise, by hand; not determined where noise leaves nothing', () => {
  const measured = (value: number, error = 0) => ({ value, error });
  const chance = 0.1;
  // (.46 − .1) / √((.9 − .1)(.4 − .1)) = .36 / √.24
  const given = {
    overlap: measured(0.46, 0.01),
    within: [measured(0.9), measured(0.4, 0.03)] as const,
    chance,
  };
  const found = disattenuated(given)!;
  expect(found.value).toBeCloseTo(0.36 / Math.sqrt(0.24), 12);
  expect(found.error).toBeCloseTo(
    Math.hypot(0.01 / Math.sqrt(0.24), (found.value * 0.03) / 0.6),
    12,
  );
  // unrelated subspaces have a correlation of 0, not of k/D
  expect(disattenuated({ ...given, overlap: measured(chance) })!.value).toBeCloseTo(0, 12);
  // √(.8 × .02) / .9 is below the least ceiling
  expect(disattenuated({ ...given, within: [measured(0.9), measured(0.12)] })).toBeUndefined();
  expect(disattenuated({ ...given, within: [measured(0.9), measured(0.05)] })).toBeUndefined();
});

test('errors of numbers are those that independent errors of the eigenvalues make', () => {
  const random = new Random('spectrum');
  const eigenvalues = Float64Array.of(8, 4, 2, 1);
  const standardErrors = eigenvalues.map(x => x / 50);
  // directions at frequencies (0, 0), (1, 0), (2, 0), (3, 0) of 8×8: the first two are low
  const energies = [4, 5, 6, 7].map(k =>
    new Float64Array(64).map((_, at) => (at === 36 + k - 4 ? 1 : 0)),
  );
  const numbersOf = (values: Float64Array) =>
    spectralNumbers({
      eigenvalues: values,
      standardErrors,
      energies,
      image: { height: 8, width: 8 },
      copies: 1,
    });
  const { effective_rank, low_frequencies, leading_share } = numbersOf(eigenvalues);
  expect(low_frequencies.value).toBeCloseTo(12 / 15, 12);
  expect(leading_share.value).toBeCloseTo(8 / 15, 12);
  const inAll = spectralNumbers({
    eigenvalues,
    standardErrors,
    energies,
    image: { height: 8, width: 8 },
    copies: 3,
  });
  const thrice = Float64Array.from({ length: 12 }, (_, i) => eigenvalues[Math.floor(i / 3)]);
  expect(inAll.effective_rank.value).toBeCloseTo(effectiveRank(thrice), 10);
  expect(inAll.leading_share.value).toBeCloseTo(8 / 45, 12);
  const drawn = Array.from({ length: 2000 }, () =>
    numbersOf(eigenvalues.map((x, i) => x + standardErrors[i] * random.normal())),
  );
  const spread = (of: (one: (typeof drawn)[0]) => number): number => {
    const mean = drawn.reduce((sum, one) => sum + of(one), 0) / 2000;
    return Math.sqrt(drawn.reduce((sum, one) => sum + (of(one) - mean) ** 2, 0) / 1999);
  };
  expect(effective_rank.error / spread(one => one.effective_rank.value)).toBeCloseTo(1, 1);
  expect(low_frequencies.error / spread(one => one.low_frequencies.value)).toBeCloseTo(1, 1);
  expect(leading_share.error / spread(one => one.leading_share.value)).toBeCloseTo(1, 1);
});

test('errors of numbers are as large as what the two estimates of members differ by', async () => {
  const scaled = (by: number) => steep().map((x, i) => (i === 0 ? by * x : x));
  const differing = (name: string, by: number) =>
    member(name, [cosines(), cosines()], {}, [steep(), scaled(by)]);
  const { summary } = await gatherAtlas([differing('a', 1.5), differing('b', 1.3)], { tops });
  const [{ numbers: own }] = summary.members;
  // (1 − 1.5)² / (.01² + .015² + 2 (1.25 τ)²) and (1 − 1.3)² / (.01² + .013² + 2 (1.15 τ)²), whose mean is 1
  const tau = summary.number_spreads.leading_eigenvalue;
  const square = (by: number, errors: number): number =>
    (by - 1) ** 2 / (errors + 2 * (((1 + by) / 2) * tau) ** 2);
  expect((square(1.5, 3.25e-4) + square(1.3, 2.69e-4)) / 2).toBeCloseTo(1, 6);
  const error = Math.sqrt(3.25e-4 + 2 * (1.25 * tau) ** 2) / 2;
  expect(own.leading_eigenvalue.error).toBeCloseTo(error, 8);
});

test('a spread between pairs is found beside their own errors, and none where these explain all', () => {
  const random = new Random('spread');
  const pair = (tau: number, own: number) => {
    const drawn = () => ({ value: Math.hypot(tau, own) * random.normal(), error: own });
    return { both: [drawn(), drawn()] as const, unit: 1 };
  };
  const pairs = Array.from({ length: 4000 }, (_, i) => pair(0.3, i % 2 ? 0.05 : 0.4));
  expect(spreadBetween(pairs)).toBeCloseTo(0.3, 1.5);
  const differing = (error: number): TwoMeasured => ({
    both: [
      { value: 1, error },
      { value: 3, error },
    ],
    unit: 2,
  });
  // (1 − 3)² = 2 (2 τ)²
  expect(spreadBetween([differing(0)])).toBeCloseTo(Math.SQRT1_2, 8);
  expect(spreadBetween([differing(2)])).toBe(0);
  expect(spreadBetween([differing(NaN)])).toBe(0);
});

test('what noise adds to the distance of spectra is taken away', () => {
  const random = new Random('spectra');
  const true1 = Float64Array.from({ length: 4096 }, () => 1 / 4096);
  const true2 = true1.map((x, i) => (i < 2048 ? 1.5 * x : 0.5 * x));
  const noisy = (p: Float64Array): Float64Array => {
    const all = p.map(x => x * (1 + 0.5 * random.normal()) ** 2);
    const sum = all.reduce((a, b) => a + b);
    return all.map(x => x / sum);
  };
  const exact = 1 - (Math.sqrt(1.5) + Math.sqrt(0.5)) / 2;
  expect(spectralDistance([true1, true1], [true2, true2]).value).toBeCloseTo(exact, 10);
  const same = spectralDistance([noisy(true1), noisy(true1)], [noisy(true1), noisy(true1)]);
  expect(Math.abs(same.value)).toBeLessThan(same.error);
  expect(same.error).toBeGreaterThan(0.05);
});

test('rows in eight bits come back orthonormal and nearly as they were', () => {
  const rows = noise('rows');
  const back = restoredRows(quantisedRows(rows));
  const inner = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < rows.columns; k++)
      sum += back.data[i * rows.columns + k] * rows.data[j * rows.columns + k];
    return sum;
  };
  expect(inner(3, 3)).toBeGreaterThan(0.9995);
  expect(Math.abs(inner(3, 4))).toBeLessThan(0.02);
});

test('an atlas is read as it was written', async () => {
  const atlas = await small();
  const [[, npz], [, json]] = encodeAtlas(atlas);
  const back = decodeAtlas('out', npz as Uint8Array, new TextEncoder().encode(json as string));
  expect(back.summary).toEqual(atlas.summary);
  expect(back.overlaps[1].overlap.data[1]).toBeCloseTo(atlas.overlaps[1].overlap.data[1], 6);
  const [{ estimates }] = back.members;
  expect(estimates[1].eigenvalues[3]).toBeCloseTo(0.512, 6);
  expect(estimates[0].energy).toHaveLength(side * side);
});

test('eigenvalues that single precision cannot hold are kept', async () => {
  const large = steep().map(x => 1e46 * x);
  const exploding = member('e', [cosines(), cosines()], {}, [large, large]);
  const [[, npz], [, json]] = encodeAtlas(await gatherAtlas([straight(), exploding], { tops }));
  const { members } = decodeAtlas('out', npz as Uint8Array, Buffer.from(json as string));
  expect(members[1].estimates[0].eigenvalues[1] / 8e45).toBeCloseTo(1, 12);
});

test.each<[name: string, change: (one: any, other: any) => void, message: string]>([
  ['of one seed', (_, b) => (b.summary.settings.seed = 1), 'both are of seed 1'],
  ['of two models', (_, b) => (b.summary.model.sha256 = 'cd'), 'different models'],
  ['of other networks', a => (a.summary.networks = 4), 'of 4 and 8 networks'],
  [
    'of other images',
    a => (a.summary.image.height = 4),
    'of images of 1x4x8, the list of members says',
  ],
  ['of another step', (_, b) => (b.summary.settings.step = 1), 'secants of step 1'],
])('estimates %s are no twins', async (_, change, message) => {
  const [one, other] = straight().read();
  change(one, other);
  const gathering = gatherAtlas([{ architecture: architecture('a'), read: () => [one, other] }]);
  await expect(gathering).rejects.toThrow(message);
});

test('estimates that do not save all directions, and members of other settings, are refused', async () => {
  const few = syntheticResult({ seed: 2 });
  const cut = { ...few, rows: { ...few.rows, rows: 20, data: few.rows.data.slice(0, 20 * 64) } };
  const gathering = gatherAtlas([
    { architecture: architecture('a'), read: () => [syntheticResult(), cut] },
  ]);
  await expect(gathering).rejects.toThrow('out/some: 20 of 64 directions were saved');
  const other = { ...architecture('b') };
  const read = () => [syntheticResult({ step: 1 }), syntheticResult({ step: 1, seed: 2 })] as const;
  await expect(gatherAtlas([straight(), { architecture: other, read }], { tops })).rejects.toThrow(
    'b is of secants of step 1, basis pixels, 1 point(s), but a of secants of step 100',
  );
});

test.each([
  ['{}', 'the whole: invalid input'],
  [JSON.stringify([{ ...architecture('a'), networks: 0 }]), '0.networks'],
  [JSON.stringify([architecture('a'), architecture('a')]), "two members of the name 'a'"],
  [JSON.stringify([architecture('../a')]), '0.name'],
  [
    JSON.stringify([architecture('a', { from: 'b' })]),
    "'a' comes from 'b', which is no other member",
  ],
  [
    JSON.stringify([architecture('a'), architecture('b', { from: 'a' })]),
    'say `changes` and `choice`',
  ],
])('a list of members that is not right is refused: %s', (json, message) => {
  expect(() => parseArchitectures('architectures.json', json)).toThrow(message);
  expect(() => parseArchitectures('architectures.json', json)).toThrow('architectures.json: ');
});

async function written(): Promise<MemoryStore> {
  const store = new MemoryStore('out');
  await store.write(encodeAtlas(await small()));
  return store;
}

const read = ({ files }: MemoryStore) =>
  decodeAtlas('out', files.get('atlas.npz')!, files.get('atlas.json')!);

test.each([
  ['a.directions', numbers([2, 30, 64], NaN), 'value 0 is NaN'],
  ['a.directions', numbers([2, 30, 64], 0), 'linearly dependent'],
  ['a.directions', numbers([2, 30, 32]), 'shape (2, 30, 32), expected (2, directions, 64)'],
  ['a.energy', numbers([2, 8, 8], 1), 'not shares of one whole'],
  ['a.scales', undefined, "no array 'a.scales'"],
  ['overlaps', numbers([2, 2, 2]), 'shape (2, 2, 2), expected (2, 3, 3)'],
  ['overlaps', numbers([2, 3, 3], 7), 'value 0 is 7, no overlap'],
  ['a.eigenvalues', bytes([2, 64]), 'values of uint8'],
])('a damaged array %s is named', async (array, value, message) => {
  const store = withArrays(await written(), 'atlas.npz', { [array]: value });
  expect(() => read(store)).toThrow(message);
  expect(() => read(store)).toThrow(/^out\/atlas\.npz/);
});

test('an atlas whose errors were found in another way is refused', async () => {
  const { files } = await written();
  const json = JSON.parse(Buffer.from(files.get('atlas.json')!).toString()) as object;
  const before = Buffer.from(JSON.stringify({ ...json, version: 1 }));
  expect(() => decodeAtlas('out', files.get('atlas.npz')!, before)).toThrow(
    'out/atlas.json: version: errors of numbers were found in another way before version 2',
  );
});

test('whatever happens to a file of an atlas, it is read or what is wrong is said by name', async () => {
  const { files } = await written();
  const random = new Random('any damage to an atlas');
  const problems: string[] = [];
  for (let i = 0; i < Number(process.env.TRIES ?? 60); i++) {
    const name = random.next() < 0.5 ? 'atlas.npz' : 'atlas.json';
    const store = new MemoryStore('out');
    await store.write([...files, [name, damaged(name, files.get(name)!, random)]]);
    try {
      read(store);
    } catch (error) {
      const problem = problemOf(error as Error);
      if (problem !== undefined) problems.push(problem);
    }
  }
  expect(problems).toEqual([]);
});
