import { matrix } from '@nads/linalg';
import { groupCount } from '../src/estimator/accumulate/group-count.js';
import { sample } from '../src/estimator/accumulate/sample.js';
import { emptyTally, type Tally } from '../src/estimator/accumulate/tally.js';

const tally = (): Tally => ({
  networks: 0,
  groups: Array.from({ length: 4 }, () => [matrix(1, 1)]),
});
const wait = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds));
const numbers = ({ groups }: Tally): number[] => groups.map(([{ data }]) => data[0]);
const contributionOf = (index: number) => [matrix(1, 1, Float64Array.of(0.1 * (index + 1)))];

test('networks are added in order, whoever is first', async () => {
  const one = tally();
  const four = tally();
  const enough = (t: Tally): boolean => t.networks >= 11;
  await sample(one, { contribution: async index => contributionOf(index), ahead: 1, enough });
  await sample(four, {
    contribution: async index => {
      await wait((index * 7) % 5);
      return contributionOf(index);
    },
    ahead: 4,
    enough,
  });
  expect(numbers(four)).toEqual(numbers(one));
  expect(four.networks).toBe(11);
});

test('it goes on where a tally was left', async () => {
  const whole = tally();
  const halves = tally();
  const sampling = (n: number) => ({
    contribution: async (index: number) => contributionOf(index),
    ahead: 3,
    enough: (t: Tally): boolean => t.networks >= n,
  });
  await sample(whole, sampling(9));
  await sample(halves, sampling(5));
  await sample(halves, sampling(9));
  expect(numbers(halves)).toEqual(numbers(whole));
});

test('an interruption keeps what was done', async () => {
  const kept = tally();
  const controller = new AbortController();
  await sample(kept, {
    contribution: async index => contributionOf(index),
    ahead: 2,
    most: 9,
    signal: controller.signal,
    keep: ({ networks }) => {
      if (networks === 3) controller.abort();
    },
  });
  expect(kept.networks).toBe(3);
});

test('what goes wrong with a network is thrown', async () => {
  const failing = async (index: number) => {
    if (index === 2) throw new Error('node 7');
    return contributionOf(index);
  };
  await expect(sample(tally(), { contribution: failing, ahead: 2, most: 9 })).rejects.toThrow(
    'node 7',
  );
});

test('no network is begun beyond the most that are wanted', async () => {
  const begun: number[] = [];
  const done = tally();
  await sample(done, {
    contribution: async index => {
      begun.push(index);
      return contributionOf(index);
    },
    ahead: 4,
    most: 6,
  });
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  expect(done.networks).toBe(6);
});

test('an interruption is left alone when the work is done, so that it holds no contributions', async () => {
  const listeners = new Set<() => void>();
  let most = 0;
  const signal = {
    aborted: false,
    addEventListener: (_: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: 'abort', listener: () => void) => void listeners.delete(listener),
  } as unknown as AbortSignal;
  await sample(tally(), {
    contribution: async index => contributionOf(index),
    ahead: 2,
    most: 20,
    signal,
    keep: () => void (most = Math.max(most, listeners.size)),
  });
  expect(most).toBeLessThanOrEqual(1);
  expect(listeners.size).toBe(0);
});

test('network n is added to group n mod their number', async () => {
  const six = tally();
  await sample(six, { contribution: async index => contributionOf(index), ahead: 2, most: 6 });
  const expected = [0.1 + 0.5, 0.2 + 0.6, 0.3, 0.4];
  numbers(six).forEach((value, g) => expect(value).toBeCloseTo(expected[g], 12));
});

test('there are 16 groups, fewer where their matrices would fill the memory, an even number from 4 on', () => {
  expect(groupCount([{ size: 10 }])).toBe(16);
  const bytes = 8 * (100 * 100 + 50 * 50);
  const of = (count: number): number => groupCount([{ size: 100 }, { size: 50 }], count * bytes);
  expect([of(16), of(15.9), of(6), of(5.9), of(1)]).toEqual([16, 14, 6, 4, 4]);
});

test('a tally begins with groups of zeros for each symmetry type', () => {
  const { networks, groups } = emptyTally([
    { name: 'a', size: 2, parts: [] },
    { name: 'b', size: 1, parts: [] },
  ]);
  expect(networks).toBe(0);
  expect(groups).toHaveLength(16);
  expect(groups[3].map(({ rows, data }) => [rows, [...data]])).toEqual([
    [2, [0, 0, 0, 0]],
    [1, [0]],
  ]);
  expect(groups[0][0].data).not.toBe(groups[1][0].data);
});
