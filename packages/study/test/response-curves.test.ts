import { nodeRuntime as runtime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { responseCurves, type ResponseSettings } from '../src/index.js';
import { linearModel, network, vector } from './small-models.js';

const slopes = [vector({ 0: 3, 5: -1 }), vector({ 5: 2 })];
const linear = linearModel(slopes, [0.5, -4]);
const point = Float32Array.from({ length: 16 }, (_, i) => i / 16);
const directions = [vector({ 0: 1 }), vector({ 5: 1 })];

const along = (settings: ResponseSettings, source = linear) =>
  responseCurves(source, { point, directions }, settings, { runtime });

test('a linear model responds by t times its slope along u', async () => {
  const { t, responses, outputs } = await along({ reach: 6, steps: 3, outputIndex: 1 });
  expectClose(t, [-6, -4, -2, 0, 2, 4, 6]);
  expect(outputs).toBe(2);
  const atPoint = -4 + (2 * 5) / 16;
  expectClose(responses[0], Array(7).fill(atPoint), { rtol: 1e-6 });
  expectClose(
    responses[1],
    Array.from(t, at => atPoint + 2 * at),
    { rtol: 1e-6 },
  );
});

test('fresh weights follow from their seed, and are not those of the file', async () => {
  const source = network();
  const [file, one, again, other] = await Promise.all([
    along({ reach: 1 }, source),
    along({ reach: 1, weights: 'fresh', seed: 1 }, source),
    along({ reach: 1, weights: 'fresh', seed: 1 }, source),
    along({ reach: 1, weights: 'fresh', seed: 2 }, source),
  ]);
  expect(again).toEqual(one);
  expect(one.responses[0]).not.toEqual(file.responses[0]);
  expect(one.responses[0]).not.toEqual(other.responses[0]);
});

test('settings that do not fit are named', async () => {
  await expect(along({ reach: 0 })).rejects.toThrow('expected a number above 0, got 0');
  await expect(along({ reach: 1, outputIndex: 2 })).rejects.toThrow('output 2 is out of range');
  await expect(along({ reach: 3e38, steps: 2 })).rejects.toThrow(
    /at t = -3.00e\+38; take a smaller/,
  );
  const short = { point: point.subarray(1), directions };
  await expect(responseCurves(linear, short, { reach: 1 }, { runtime })).rejects.toThrow(
    'points and directions have 15 numbers, an image of the model has 16',
  );
});
