import { murmur3 } from '../src/murmur3.js';
import { Random } from '../src/index.js';

/** Φ(x) from the complementary error function (Numerical Recipes §6.2, absolute error below 1.2e-7). */
function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * z);
  const coefficients = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398,
    1.48851587, -0.82215223, 0.17087277,
  ];
  const series = coefficients.reduceRight((sum, c) => sum * t + c, 0);
  const tail = 0.5 * t * Math.exp(-z * z + series);
  return x > 0 ? 1 - tail : tail;
}

/** Kolmogorov–Smirnov statistic √n · sup |F_n − F|: above 1.95 once in a thousand draws. */
function kolmogorov(sample: Float64Array, cdf: (x: number) => number): number {
  const n = sample.length;
  let largest = 0;
  sample.toSorted().forEach((x, i) => {
    const f = cdf(x);
    largest = Math.max(largest, f - i / n, (i + 1) / n - f);
  });
  return Math.sqrt(n) * largest;
}

const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;

function normals(random: Random, n: number): Float64Array {
  const out = new Float64Array(n);
  random.fillNormal(out, 0, 1);
  return out;
}

const hash = (text: string) =>
  [...murmur3(new Uint8Array(Buffer.from(text)))].map(word => (word >>> 0).toString(16)).join(' ');

test('the key hash is MurmurHash3', () => {
  expect(hash('')).toBe('0 0 0 0');
  expect(hash('The quick brown fox jumps over the lazy dog')).toBe(
    '2f1583c3 ecee2c67 5d7bf66c e5e91d2c',
  );
});

test('the bytes never change silently', () => {
  const words = new Random(1);
  expect([words.uint32(), words.uint32(), words.uint32()]).toEqual([
    2871244536, 4229149808, 907473881,
  ]);
  expect(new Random('one').next()).toBe(0.8815640166148229);
  expect(new Random(1).fork('weights').fork(3).uint32()).toBe(2789979385);
  expect([...new Random(5).permutation(8)]).toEqual([6, 5, 3, 4, 0, 2, 1, 7]);
});

test('the bytes of the bulk fills never change silently', () => {
  const uniforms = new Float32Array(3);
  new Random(2).fillUniform(uniforms, -1, 1);
  expect([...uniforms]).toEqual([0.09207995980978012, -0.27179136872291565, 0.7527561187744141]);
  const bulk = new Float32Array(100_000);
  new Random(6).fillNormal(bulk, 0, 1);
  const checksum = new Uint32Array(bulk.buffer).reduce(
    (h, word) => (Math.imul(h, 31) + word) | 0,
    0,
  );
  expect(checksum).toBe(-2063657190);
});

test('a number and its digits are different seeds, as are a seed and its fork', () => {
  const first = [
    new Random(1),
    new Random('1'),
    new Random(1).fork(1),
    new Random(1).fork('1'),
  ].map(r => r.uint32());
  expect(new Set(first).size).toBe(4);
  expect(new Random(-0).uint32()).toBe(new Random(0).uint32());
});

test('a fork does not depend on what was drawn before it', () => {
  const parent = new Random(7);
  const before = parent.fork('x').uint32();
  parent.fillNormal(new Float64Array(1001), 0, 1);
  expect(parent.fork('x').uint32()).toBe(before);
});

test('forking draws nothing from the parent', () => {
  const parent = new Random(7);
  parent.fork('x');
  expect(parent.uint32()).toBe(new Random(7).uint32());
});

test('NaN is no seed', () => {
  expect(() => new Random(NaN)).toThrow('must not be NaN');
  expect(() => new Random(1).fork(NaN)).toThrow('must not be NaN');
});

test('next is uniform on [0, 1)', () => {
  const random = new Random('next');
  const sample = Float64Array.from({ length: 50_000 }, () => random.next());
  expect(kolmogorov(sample, x => x)).toBeLessThan(1.95);
});

test('a uniform fill is uniform between its bounds and stays within them', () => {
  const sample = new Float64Array(200_000);
  new Random('uniform').fillUniform(sample, -3, 5);
  expect(kolmogorov(sample, x => (x + 3) / 8)).toBeLessThan(1.95);
  expect(Math.min(...sample.subarray(0, 50_000))).toBeGreaterThanOrEqual(-3);
  expect(Math.max(...sample.subarray(0, 50_000))).toBeLessThan(5);
});

test('normal numbers follow the normal distribution function', () => {
  expect(kolmogorov(normals(new Random('bulk'), 400_000), normalCdf)).toBeLessThan(1.95);
  const random = new Random('single');
  const singles = Float64Array.from({ length: 50_000 }, () => random.normal());
  expect(kolmogorov(singles, normalCdf)).toBeLessThan(1.95);
});

test('normal numbers have the moments 0, 1, 0, 3, within five standard errors', () => {
  const sample = normals(new Random('moments'), 1_000_000);
  const moment = (power: number) => mean(sample.map(x => x ** power));
  expect(Math.abs(moment(1))).toBeLessThan(5e-3);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2) * 1e-3);
  expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15) * 1e-3);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96) * 1e-3);
});

function countBeyond(sample: Float64Array, edge: number): number {
  let count = 0;
  for (let i = 0; i < sample.length; i++)
    if (edge > 0 ? sample[i] > edge : sample[i] < edge) count++;
  return count;
}

test('both tails of the normal distribution are as heavy as they should be', () => {
  const sample = normals(new Random('tails'), 4_000_000);
  for (const [edge, share] of [
    [3.2, 6.871e-4],
    [3.6541528853610088, 1.2902e-4],
    [4, 3.1671e-5],
  ])
    for (const side of [-1, 1]) {
      const expected = share * sample.length;
      const excess = countBeyond(sample, side * edge) - expected;
      expect(Math.abs(excess)).toBeLessThan(5 * Math.sqrt(expected));
    }
});

test('mean and standard deviation are applied', () => {
  const plain = normals(new Random(3), 1000);
  const scaled = new Float64Array(1000);
  new Random(3).fillNormal(scaled, 2, 0.5);
  expect(scaled).toEqual(plain.map(x => 2 + 0.5 * x));
});

test('bulk fills are repeated draws', () => {
  const [bulk, single] = [new Random(8), new Random(8)];
  const out = new Float64Array(3000);
  bulk.fillNormal(out, 0, 1);
  expect(out).toEqual(out.map(() => single.normal()));
  bulk.fillUniform(out, -1, 3);
  expect(out).toEqual(out.map(() => -1 + (4 * single.uint32()) / 2 ** 32));
  expect(bulk.uint32()).toBe(single.uint32());
});

test('streams with neighbouring labels are uncorrelated', () => {
  const parent = new Random(0);
  const n = 20_000;
  const streams = [
    parent,
    parent.fork(0),
    parent.fork(1),
    parent.fork('1'),
    parent.fork(1).fork(0),
  ];
  const samples = streams.map(stream => normals(stream, n));
  for (let i = 0; i < samples.length; i++)
    for (let j = 0; j < i; j++) {
      const correlation = mean(samples[i].map((x, k) => x * samples[j][k]));
      expect(Math.abs(correlation)).toBeLessThan(4.5 / Math.sqrt(n));
    }
});

test('the first numbers of many forks are as good as one stream', () => {
  const parent = new Random('forks');
  const firsts = Float64Array.from({ length: 20_000 }, (_, i) => parent.fork(i).next());
  expect(kolmogorov(firsts, x => x)).toBeLessThan(1.95);
  const lagged = mean(firsts.subarray(1).map((x, i) => (x - 0.5) * (firsts[i] - 0.5)));
  expect(Math.abs(lagged)).toBeLessThan(4.5 / 12 / Math.sqrt(firsts.length));
});

test('successive normal numbers are uncorrelated, in value and in size', () => {
  const sample = normals(new Random('lag'), 400_000);
  const lagged = (f: (x: number) => number) =>
    mean(sample.subarray(1).map((x, i) => f(x) * f(sample[i])));
  expect(Math.abs(lagged(x => x))).toBeLessThan(5 / Math.sqrt(sample.length));
  expect(Math.abs(lagged(x => x * x - 1))).toBeLessThan(10 / Math.sqrt(sample.length));
});

test('int is uniform, also where the words do not divide evenly', () => {
  const random = new Random('int');
  const n = 3 * 2 ** 30;
  const thirds = [0, 0, 0];
  for (let i = 0; i < 30_000; i++) thirds[Math.floor(random.int(n) / 2 ** 30)]++;
  for (const count of thirds) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(6667));
});

test('int refuses what is no size', () => {
  for (const n of [0, -1, 1.5, NaN, 2 ** 33])
    expect(() => new Random(1).int(n)).toThrow(`below ${n}`);
});

test('permutations are permutations, and every element goes everywhere equally often', () => {
  const random = new Random('permutation');
  const counts = new Int32Array(25);
  const sorted = new Set<string>();
  for (let draw = 0; draw < 20_000; draw++) {
    const order = random.permutation(5);
    sorted.add(order.toSorted().join(' '));
    order.forEach((element, place) => counts[place * 5 + element]++);
  }
  expect([...sorted]).toEqual(['0 1 2 3 4']);
  for (const count of counts) expect(Math.abs(count - 4000)).toBeLessThan(5 * Math.sqrt(3200));
});
