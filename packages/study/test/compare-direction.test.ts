import { nodeRuntime as runtime } from '@nads/runtime/node';
import {
  compareDirection,
  comparedDirectionText,
  decodeNads,
  estimate,
  estimateFiles,
  type NadsResult,
  type SourceModel,
} from '../src/index.js';
import { network } from './small-models.js';

async function resultOf(source: SourceModel, seed: number): Promise<NadsResult> {
  const found = await estimate(source, { networks: 3, seed, step: 5 + seed }, { runtime });
  const files = new Map(estimateFiles(found));
  const json = new TextEncoder().encode(files.get('nads.json') as string);
  return { ...decodeNads('nads.npz', files.get('nads.npz') as Uint8Array, json), name: `s${seed}` };
}

const source = network();
const [a, b] = await Promise.all([resultOf(source, 1), resultOf(source, 2)]);

test('both models respond along both directions, at the larger step', async () => {
  const pair = [
    { result: a, source },
    { result: b, source },
  ] as const;
  const found = await compareDirection(pair, { index: 2 }, { runtime });
  expect([found.reach, found.responses.length]).toEqual([7, 2]);
  const [first, second] = found.responses;
  if ('missing' in first || 'missing' in second) throw new Error('no curves');
  // of other points and other weights
  expect(first.curves.responses[0]).not.toEqual(second.curves.responses[0]);
  const file = await compareDirection(
    [pair[0], { ...pair[0], result: { ...b, point: a.point } }],
    { index: 2, weights: 'file' },
    { runtime },
  );
  const [one, other] = file.responses;
  // the same weights at the same point
  expect('curves' in one && one.curves).toEqual('curves' in other && other.curves);
  const alike = await compareDirection([pair[0], pair[0]], { index: 1 }, { runtime });
  expect(alike.cosine).toBeCloseTo(1, 6);
});

test('what is missing is said, and a model of other contents is refused', async () => {
  const found = await compareDirection(
    [{ result: a, source }, { result: b }],
    { index: 0 },
    { runtime },
  );
  expect(comparedDirectionText(found).at(-1)).toBe(
    'no response curves of s2: its model is not at hand',
  );
  const other = { ...source, sha256: 'f'.repeat(64) };
  await expect(
    compareDirection([{ result: a, source: other }, { result: b }], { index: 0 }, { runtime }),
  ).rejects.toThrow(/^network.onnx: not the model that s1 was estimated of \(sha256 ffff/);
  await expect(
    compareDirection([{ result: a }, { result: b }], { index: 16 }, { runtime }),
  ).rejects.toThrow('s1 has directions 0 to 15, not 16');
});
