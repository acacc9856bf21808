import { parseBasis, rowsBasis } from '@nads/basis';
import { matrix } from '@nads/linalg';
import type { ImageInput, Symmetry } from '@nads/onnx';
import { averaging } from '../src/estimator/plan/averaging.js';
import type { EstimateOptions } from '../src/estimator/plan/estimate-options.js';

const image = { channels: 3, height: 8, width: 8 } as ImageInput;
const derived = (['flip rows', 'flip columns', 'transposition', 'channels'] as const).map(
  relabelling => ({ relabelling, holds: true, movesOutputs: false }) as unknown as Symmetry,
);
const all = { flipRows: true, flipColumns: true, transposition: true };
const none = { flipRows: false, flipColumns: false, transposition: false };

const chosen = (options: EstimateOptions, basis = parseBasis('pixels', image)) =>
  averaging(options, { symmetries: derived, image, head: 'marginalised', isCentred: true, basis });

test('wide secants use every symmetry, and one of exchangeable channels', () => {
  expect(chosen({})).toEqual({ group: all, probedChannels: 1 });
  expect(chosen({ symmetry: 'none' })).toEqual({ group: none, probedChannels: 3 });
});

test('a gradient at one point is not averaged over symmetries that move the point, and says so', () => {
  const { group, probedChannels, note } = chosen({ probe: 'gradient' });
  expect({ group, probedChannels }).toEqual({ group: none, probedChannels: 3 });
  expect(note).toMatch(/^not averaged over: a gradient depends on its point/);
});

test('nor are secants of a small step, whose point matters as well', () => {
  expect(chosen({ step: 10 })).toEqual({ group: all, probedChannels: 1 });
  const { group, probedChannels, note } = chosen({ step: 1 });
  expect({ group, probedChannels }).toEqual({ group: none, probedChannels: 3 });
  expect(note).toMatch(/^not averaged over: a secant of step 1 depends on its point/);
  expect(chosen({ step: 1, pointCount: 4 }).group).toEqual(all);
});

test('nor are gradients at points that somebody gave', () => {
  const points = [new Float32Array(192), new Float32Array(192)];
  expect(chosen({ probe: 'gradient', points }).group).toEqual(none);
});

test('the mean over drawn points may be averaged over their images as well', () => {
  const { group, probedChannels, note } = chosen({ probe: 'gradient', pointCount: 2 });
  expect({ group, probedChannels }).toEqual({ group: all, probedChannels: 3 });
  expect(note).toMatch(/as the drawn points are/);
  expect(chosen({ probe: 'gradient', pointCount: 2, symmetry: 'none' }).group).toEqual(none);
});

test('a basis that symmetries leave is not averaged over; one of whole images needs all channels', () => {
  expect(chosen({}, parseBasis('random:4', image))).toEqual({ group: none, probedChannels: 1 });
  const rows = matrix(1, 192);
  rows.data[0] = 1;
  const whole = rowsBasis('rows.npy', { rows }, image);
  expect(chosen({}, whole)).toEqual({ group: none, probedChannels: 3 });
});

describe('symmetries that hold', () => {
  const group = (
    found: readonly Partial<Symmetry>[],
    head: 'marginalised' | 'sampled' | 'outputs',
  ) =>
    averaging(
      {},
      {
        symmetries: found.map(one => ({ holds: true, movesOutputs: false, ...one }) as Symmetry),
        image,
        head,
        isCentred: true,
        basis: parseBasis('pixels', image),
      },
    ).group;

  test('but move the outputs hold for all of them together, not for one', () => {
    const moving = [{ relabelling: 'flip rows', movesOutputs: true } as const];
    const rows = { ...none, flipRows: true };
    expect(group(moving, 'marginalised')).toEqual(rows);
    expect(group(moving, 'outputs')).toEqual(rows);
    expect(group(moving, 'sampled')).toEqual(none);
  });

  test('are left out where they do not', () => {
    const found = [
      { relabelling: 'flip rows', holds: false },
      { relabelling: 'flip columns' },
    ] as const;
    expect(group(found, 'outputs')).toEqual({ ...none, flipColumns: true });
  });

  test('with a transposition are averaged over only if both flips hold, or none', () => {
    const one = [{ relabelling: 'transposition' }, { relabelling: 'flip rows' }] as const;
    expect(group(one, 'outputs')).toEqual({ ...none, transposition: true });
    expect(group([...one, { relabelling: 'flip columns' }], 'outputs')).toEqual(all);
  });
});
