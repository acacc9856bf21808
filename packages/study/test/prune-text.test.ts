import { pruneText, type Pruned, type PrunedState } from '../src/index.js';

const state = (milliseconds: number): PrunedState => ({
  parameters: 10,
  macs: 10,
  bytes: 10,
  channels: 4,
  milliseconds,
});

const textOf = (before: number, after: number, round: number): string =>
  pruneText({
    before: state(before),
    after: state(after),
    settings: { criterion: 'magnitude', round },
    whole: [],
    difference: 0,
  } as unknown as Pruned);

test('a network that became slower is said to be, with what helps, unless that was done', () => {
  const said = 'it takes 1.50 times as long as before';
  expect(textOf(2, 3, 1)).toContain(said);
  expect(textOf(2, 3, 1)).toContain('`round` 8');
  expect(textOf(2, 3, 8)).not.toContain('times as long');
  expect(textOf(2, 2.05, 1)).not.toContain('times as long');
  expect(textOf(3, 2, 1)).not.toContain('times as long');
});
