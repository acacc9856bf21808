import { matrix } from '@nads/linalg';
import { sample } from '../src/estimator/accumulate/sample.js';
import type { Tally } from '../src/estimator/accumulate/tally.js';

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
    enough: () => false,
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
  await expect(
    sample(tally(), { contribution: failing, ahead: 2, enough: () => false }),
  ).rejects.toThrow('node 7');
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
