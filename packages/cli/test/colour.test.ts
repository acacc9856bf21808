import { readFileSync } from 'node:fs';
import { decodeNpz } from '@nads/dataset';
import { matrix, multiplyTransposed } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { done, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const vgg = (out: string, ...args: string[]) =>
  done(
    'estimate',
    model('vgg11bn-narrow'),
    '--basis',
    'blocks:8',
    '--networks',
    '2',
    '--out',
    folder.path(out),
    ...args,
  );
const arraysOf = (out: string) => decodeNpz(readFileSync(folder.path(out, 'nads.npz')));
const summaryOf = (out: string) => JSON.parse(readFileSync(folder.path(out, 'nads.json'), 'utf8'));

const area = 32 * 32;
/** The channels in which a row is not zero. */
const channelsOf = (row: Float32Array): number[] =>
  [0, 1, 2].filter(c => row.subarray(c * area, (c + 1) * area).some(x => x !== 0));

describe('a colour model whose channels are exchangeable', () => {
  beforeAll(() => vgg('colour'));

  test('is probed in one channel, and its directions are written for every channel', () => {
    const { directions, channels } = summaryOf('colour');
    expect(channels).toEqual({ probed: 1, exchangeable: true });
    expect(directions).toEqual({ saved: 48, dimension: 3 * area, probed: 16 });
    const nads = arraysOf('colour').get('nads')!;
    expect(nads.shape).toEqual([48, 3 * area]);
    for (let i = 0; i < 48; i++) {
      const row = (nads.data as Float32Array).subarray(i * 3 * area, (i + 1) * 3 * area);
      expect(channelsOf(row)).toEqual([i % 3]);
    }
  });

  test('has orthonormal rows and eigenvalues tied by threes', () => {
    const arrays = arraysOf('colour');
    const rows = matrix(48, 3 * area, Float64Array.from(arrays.get('nads')!.data as Float32Array));
    const identity = Array.from({ length: 48 ** 2 }, (_, i) => Number(i % 49 === 0));
    expectClose(multiplyTransposed(rows, rows).data, identity, { rtol: 0, atol: 1e-5 });
    const eigenvalues = arrays.get('eigenvalues')!.data as Float64Array;
    expect(eigenvalues).toHaveLength(48);
    eigenvalues.forEach((x, i) => expect(x).toBe(eigenvalues[i - (i % 3)]));
  });

  test('keeps the directions of one channel beside them, for comparison with grey models', async () => {
    expect(arraysOf('colour').get('channel_nads')!.shape).toEqual([16, area]);
    await done(
      'estimate',
      model('lenet'),
      '--basis',
      'blocks:8',
      '--networks',
      '2',
      '--out',
      folder.path('grey'),
    );
    const { stdout } = await done(
      'compare',
      folder.path('colour'),
      folder.path('grey'),
      '--top',
      '16',
      '--json',
    );
    // Both span all 16 blocks.
    expectClose([JSON.parse(stdout).overlap[16]], [1], { rtol: 1e-5 });
  });
});

test('without symmetries, or at a small step, all channels are probed', async () => {
  await vgg('plain', '--symmetry', 'none');
  await vgg('near', '--step', '1');
  for (const out of ['plain', 'near']) {
    expect(summaryOf(out).channels).toEqual({ probed: 3, exchangeable: false });
    expect(arraysOf(out).get('nads')!.shape).toEqual([48, 3 * area]);
    expect(arraysOf(out).has('channel_nads')).toBe(false);
  }
});
