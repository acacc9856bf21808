import { Random } from '@nads/linalg';
import { gatherAtlas, placement, type Atlas } from '../src/index.js';
import { cosines, member, noise, syntheticResult, turned } from './synthetic-members.js';

const twice = <T>(one: T): [T, T] => [one, one];
const far = turned(turned(cosines(), 0, 40, 1.3), 1, 41, 1.3);
const near = turned(cosines(), 1, 5, 0.4);
const flat = new Float64Array(64).map((_, i) => 1 - i / 2e3);

const atlas = (): Promise<Atlas> =>
  gatherAtlas(
    [
      member('far', twice(far)),
      member('noise', [noise('one'), noise('two')], {}, twice(flat)),
      member('near', twice(near)),
      member('same', twice(cosines())),
    ],
    { tops: [2, 4] },
  );

test('a model of a member finds that one as the nearest, by overlap and by spectrum', async () => {
  const found = placement(await atlas(), syntheticResult({ seed: 0 }));
  for (const { members, within } of found.byOverlap) {
    expect(within!.value).toBeCloseTo(1, 10);
    expect(members.map(({ name }) => name)).toEqual(['same', 'near', 'far', 'noise']);
    expect(members[0].correlation!.value).toBeCloseTo(1, 3);
    expect(members.at(-1)!.correlation).toBeUndefined();
  }
  expect(found.byOverlap[0].members[1].overlap.value).toBeCloseTo((1 + Math.cos(0.4) ** 2) / 2, 3);
  expect(found.bySpectrum[0].name).toBe('same');
  expect(found.bySpectrum[0].distance.value).toBeCloseTo(0, 4);
  expect(found.bySpectrum.at(-1)!.name).toBe('noise');
});

test('numbers stand among those of all members', async () => {
  const found = placement(await atlas(), syntheticResult({ eigenvalues: flat }));
  const [rank] = found.numbers;
  expect(rank).toMatchObject({ name: 'effective_rank', above: 0.75 });
  expect(rank.value).toBeCloseTo(64, 1);
  expect(found.members).toBe(4);
});

test("errors of the model's numbers have what estimates of members differ by", async () => {
  const scaled = (by: number) => flat.map((x, i) => (i === 0 ? by * x : x));
  const pair = [member('a', twice(far), {}, [flat, scaled(1.5)]), member('b', twice(near))];
  const all = await gatherAtlas(pair, { tops: [2] });
  const { numbers } = placement(all, syntheticResult({ eigenvalues: flat, seed: 0 }));
  const spread = all.summary.number_spreads.leading_eigenvalue;
  expect(spread).toBeGreaterThan(0.1);
  const { value, error } = numbers.find(({ name }) => name === 'leading_eigenvalue')!;
  expect(error).toBeCloseTo(Math.hypot(value / 100, spread * value), 10);
});

test('where the model itself is noise, no nearest is determined', async () => {
  const rows = noise('model');
  const found = placement(await atlas(), syntheticResult({ rows, stability: 0.05, seed: 0 }));
  expect(found.byOverlap[1].members.every(({ correlation }) => !correlation)).toBe(true);
});

test('two halves say what two wholes would overlap (Spearman and Brown)', async () => {
  const found = placement(await atlas(), syntheticResult({ stability: 0.5, seed: 0 }));
  const chance = 4 / 64;
  const half = (0.5 - chance) / (1 - chance);
  expect(found.byOverlap[1].within!.value).toBeCloseTo(
    chance + ((1 - chance) * 2 * half) / (1 + half),
    12,
  );
});

test('an estimate of the seed of a member is not compared with that one, which it is not independent of', async () => {
  const [one, other] = [turned(cosines(), 1, 5, 0.2), turned(cosines(), 1, 5, 0.6)];
  const pair = await gatherAtlas([member('a', [one, other]), member('b', twice(far))], {
    tops: [2],
  });
  const overlapOf = (seed: number): number => {
    const { members } = placement(pair, syntheticResult({ seed })).byOverlap[0];
    return members.find(({ name }) => name === 'a')!.overlap.value;
  };
  const with1 = (1 + Math.cos(0.2) ** 2) / 2;
  const with2 = (1 + Math.cos(0.6) ** 2) / 2;
  expect(overlapOf(1)).toBeCloseTo(with2, 3);
  expect(overlapOf(2)).toBeCloseTo(with1, 3);
  expect(overlapOf(0)).toBeCloseTo((with1 + with2) / 2, 3);
});

test('errors of overlaps are as large as what independent estimates differ by', async () => {
  const random = new Random('tilted');
  const tilted = () => turned(cosines(), 1, 5, 0.4 + 0.1 * random.normal());
  const members = Array.from({ length: 12 }, (_, i) => member(`m${i}`, [tilted(), tilted()]));
  const { byOverlap } = placement(
    await gatherAtlas(members, { tops: [2] }),
    syntheticResult({ seed: 0 }),
  );
  const values = byOverlap[0].members.map(({ overlap }) => overlap.value);
  const mean = values.reduce((a, b) => a + b) / 12;
  const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 11);
  const errors = byOverlap[0].members.map(({ overlap }) => overlap.error ** 2);
  const typical = Math.sqrt(errors.reduce((a, b) => a + b) / 12);
  expect(typical / spread).toBeGreaterThan(0.5);
  expect(typical / spread).toBeLessThan(2);
});

test('other steps, images and channels are refused, with what to do', async () => {
  const all = await atlas();
  const other = syntheticResult({ step: 1 });
  expect(() => placement(all, other)).toThrow(
    'out/some: it was estimated from secants of step 1, basis pixels, 1 point(s), the atlas from secants of step 100',
  );
  const { summary } = syntheticResult();
  const ofImages = (image: object) => () =>
    placement(all, {
      ...syntheticResult(),
      summary: { ...summary!, image: { ...summary!.image, ...image } },
    });
  expect(ofImages({ height: 16 })).toThrow('its images are 1×16×8, those of the atlas 1×8×8');
  expect(ofImages({ height: 16 })).toThrow(
    'or give `size` 8x8 where the file leaves the size free',
  );
  expect(ofImages({ channels: 3 })).toThrow(/export the model for 1×8×8$/);
  expect(() => placement(all, { ...syntheticResult(), summary: undefined })).toThrow(
    'no nads.json',
  );
});
