import { setTimeout as sleep } from 'node:timers/promises';
import { inTurns } from '../src/in-turns.js';

test('every item is worked on once, so many at a time', async () => {
  const done: number[] = [];
  let [now, most] = [0, 0];
  await inTurns(new Set([5, 4, 3, 2, 1]), 2, async item => {
    most = Math.max(most, ++now);
    await sleep(item);
    now--;
    done.push(item);
  });
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('nothing is begun, or made, once the signal is aborted', async () => {
  const stop = new AbortController();
  const made: number[] = [];
  function* items(): Generator<number> {
    for (let i = 0; i < 10; i++) {
      made.push(i);
      yield i;
    }
  }
  await inTurns(items(), 1, async item => void (item === 2 && stop.abort()), stop.signal);
  expect(made).toEqual([0, 1, 2]);
});
