import { atlasPage, gatherAtlas, ladderSteps, type Atlas } from '../src/index.js';
import { subspaceDistances } from '../src/atlas/atlas-distances.js';
import { cosines, member, noise, turned } from './synthetic-members.js';

const angle = 0.6;
const tilted = turned(cosines(), 1, 5, angle);
const flat = new Float64Array(64).map((_, i) => 1 - i / 2e3);
const step = { from: 'base', changes: 'straight → tilted', choice: 'tilt' };

const atlas = (): Promise<Atlas> =>
  gatherAtlas(
    [
      member('base', [cosines(), cosines()]),
      member('tilted', [tilted, tilted], step, [flat, flat]),
      member('same', [cosines(), cosines()], { from: 'base', changes: 'none', choice: 'tilt' }),
      member('noise', [noise('one'), noise('two')], { title: 'N <oise>' }, [flat, flat]),
    ],
    { tops: [2, 4], left: [{ name: 'x', title: 'Too large', reason: 'two minutes a network' }] },
  );

test('a step of the ladder says what changed in units of its error, and what of the subspace is left', async () => {
  const [first, second] = ladderSteps(await atlas());
  expect([first.choice, first.changes, first.to.summary.name]).toEqual([
    'tilt',
    'straight → tilted',
    'tilted',
  ]);
  const [rank] = first.numbers;
  expect(rank.to - rank.from).toBeCloseTo(rank.value, 12);
  expect(rank.to).toBeCloseTo(64, 1);
  expect(rank.z).toBeGreaterThan(10);
  expect(second.numbers.every(({ value, z }) => value === 0 && z === 0)).toBe(true);
  // overlap (1 + cos²) / 2, chance 2/64, nothing lost to noise
  const chance = 2 / 64;
  const overlap = (1 + Math.cos(angle) ** 2) / 2;
  expect(first.correlations[0].value!.value).toBeCloseTo((overlap - chance) / (1 - chance), 5);
  expect(second.spectral!.value).toBeCloseTo(0, 10);
});

test('distances are of members that are determined; noise is left out by name', async () => {
  const { members, left, distances } = subspaceDistances(await atlas(), 2);
  expect(members.map(({ summary }) => summary.name)).toEqual(['base', 'tilted', 'same']);
  expect(left.map(({ summary }) => summary.name)).toEqual(['noise']);
  const chance = 2 / 64;
  const r = ((1 + Math.cos(angle) ** 2) / 2 - chance) / (1 - chance);
  expect(distances.data[1]).toBeCloseTo(Math.sqrt(1 - r), 5);
  expect(distances.data[2]).toBeCloseTo(0, 3);
});

test('the page shows all of it, asks nothing of a network, and says what is not determined', async () => {
  const html = atlasPage(await atlas(), ['npm run it']);
  expect(html).toContain('<title>What 4 architectures prefer</title>');
  expect(html).toContain('Not determined at k = 2: N &#60;oise&#62;.');
  expect(html).toContain('two minutes a network');
  expect(html).toContain('<code>npm run it</code>');
  expect(html).toContain('broken: &#39;pool&#39; is lopsided');
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  expect(html).not.toMatch(/\b(?:NaN|undefined|Infinity)\b/);
});

test('an atlas of one member, and one of noise alone, have pages', async () => {
  const one = await gatherAtlas([member('base', [cosines(), cosines()])], { tops: [2] });
  expect(atlasPage(one)).toContain('What 1 architecture prefers');
  const nothing = await gatherAtlas(
    ['a', 'b', 'c'].map(name => member(name, [noise(`${name}1`), noise(`${name}2`)])),
    { tops: [2] },
  );
  expect(atlasPage(nothing)).toContain('Not determined at k = 2: A, B, C.');
});
