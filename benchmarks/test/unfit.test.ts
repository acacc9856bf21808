import { unfit } from '../page/unfit.ts';
import { measurement } from './measurement.ts';

const [row] = measurement().results;

test('a measurement of a commit on an idle machine beside its peer may be published', () => {
  expect(unfit(measurement())).toEqual([]);
});

test.each([
  ['files differed from the commit', measurement({ modified: true })],
  ['its code is not under version control', measurement({ commit: null })],
  ['the machine was busy (load average 7.3)', measurement({ busy: true, load_average: 7.26 })],
  ['the peer had only the reference BLAS', measurement({ comparable: false })],
  ['nothing was measured', measurement({ results: [] })],
  [
    'there was no peer to compare with',
    measurement({ peer: null, results: [{ ...row, peer_seconds: null, ratio: null }] }),
  ],
])('not where %s', (reason, given) => {
  expect(unfit(given)).toEqual([reason]);
});

test('what is held against our own other ways, or against a time, needs no peer', () => {
  const own = { ...row, own: true };
  const timed = { ...row, peer_seconds: null, ratio: null, target_seconds: 2 };
  expect(unfit(measurement({ peer: null, results: [own, timed] }))).toEqual([]);
});
