import * as fc from 'fast-check';
import {
  describePreprocessing,
  makePreprocessing,
  parsePreprocessing,
  plainPreprocessing,
} from '../src/index.js';

test('reads ImageNet’s usual description', () => {
  const text =
    '{"range": [0, 1], "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "size": 224, "crop": 0.875}';
  const fields = parsePreprocessing(text);
  expect(fields).toEqual({
    range: [0, 1],
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
    size: [224, 224],
    crop: 0.875,
  });
  expect(describePreprocessing(makePreprocessing(fields))).toBe(
    'range [0,1], mean 0.485 0.456 0.406, std 0.229 0.224 0.225, NCHW, size 224×224 (bilinear, middle 0.875 cut out)',
  );
});

test.each([
  [{}, 'range [0,1], mean 0, std 1, NCHW, no resize'],
  [
    { range: 'stored', layout: 'NHWC', channels: 1, mean: [1 / 3] },
    'values as stored, mean 0.333333, std 1, NHWC, in grey, no resize',
  ],
  [
    { range: [-1, 1], order: 'BGR', channels: 3, size: [2, 3], resize: 'nearest' },
    'range [-1,1], mean 0, std 1, NCHW, BGR, in colour, size 2×3 (nearest)',
  ],
] as const)('%j in one line', (fields, line) => {
  expect(describePreprocessing(makePreprocessing(fields))).toBe(line);
});

test('what is written as JSON is read back', () => {
  const number = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  const fields = fc.record(
    {
      channels: fc.constant(3 as const),
      size: fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 })),
      resize: fc.constantFrom('bilinear' as const, 'nearest' as const),
      range: fc.constantFrom('stored' as const, [0, 1] as const),
      mean: fc.oneof(fc.tuple(number), fc.tuple(number, number, number)),
      std: fc.oneof(fc.tuple(number), fc.tuple(number, number, number)),
      order: fc.constantFrom('RGB' as const, 'BGR' as const),
      layout: fc.constantFrom('NCHW' as const, 'NHWC' as const),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fields, given => {
      const made = makePreprocessing(given);
      expect(parsePreprocessing(JSON.stringify(made))).toEqual(made);
    }),
  );
});

test.each([
  ['', /^p\.json: not JSON \(.*\)$/],
  ['[1]', /^p\.json: expected a JSON object of channels, size, resize, crop, range, mean, std/],
  ['null', /expected a JSON object/],
  ['{"means": [1]}', /^p\.json: unknown field "means"; the fields are channels, size/],
  ['{"__proto__": 1}', /unknown field "__proto__"/],
  ['{"mean": "0.5"}', /^p\.json: mean: expected a number, or a list of them.*, got "0\.5"$/],
  ['{"mean": []}', /mean: expected .* got \[\]/],
  ['{"std": [1, 0]}', /std: expected a number above 0, or a list of them.*, got \[1,0\]/],
  ['{"std": 1e999}', /std: expected/],
  [
    '{"range": [1, 1]}',
    /range: expected a list of two different numbers.*or "stored", got \[1,1\]/,
  ],
  ['{"range": "raw"}', /range: expected/],
  ['{"layout": "nchw"}', /layout: expected "NCHW" or "NHWC", got "nchw"/],
  [
    '{"size": 0}',
    /size: expected an integer from 1 to 16384, or a list of height and width, got 0/,
  ],
  ['{"size": [8, 8, 8]}', /size: expected/],
  ['{"size": [8, 1e9]}', /size: expected/],
  ['{"resize": "bicubic"}', /resize: expected "bilinear" or "nearest", got "bicubic"/],
  ['{"crop": 0}', /crop: expected a number from 0\.01 to 1, got 0/],
  ['{"order": "GBR"}', /order: expected "RGB" or "BGR"/],
  ['{"channels": 4}', /channels: expected 1 or 3, got 4/],
  ['{"channels": null}', /channels: expected 1 or 3, got null/],
])('refuses %s', (text, message) => {
  expect(() => parsePreprocessing(text, 'p.json')).toThrow(message);
});

test.each([
  [{ crop: 0.5 }, 'p: crop 0.5 needs a size; give one'],
  [
    { mean: [0.1, 0.2], std: [1, 1, 1] },
    'p: mean [0.1,0.2] and std [1,1,1] are of different lengths; give one number, or one for each channel',
  ],
  [
    { mean: [0.1, 0.2, 0.3], channels: 1 },
    'p: mean [0.1,0.2,0.3] and std [1] are of different lengths or not for 1 channels',
  ],
  [{ order: 'BGR', channels: 1 }, 'p: order BGR makes no sense for grey images; leave it out'],
  [
    { mean: [123.675] },
    'p: mean 123.675 lies outside the range [0, 1]; give the mean of the values after scaling, or another range',
  ],
] as const)('refuses what contradicts itself: %j', (fields, message) => {
  expect(() => makePreprocessing(fields, 'p')).toThrow(message);
});

test('a field that is undefined counts as not given', () => {
  expect(makePreprocessing({ mean: undefined, size: undefined })).toEqual(plainPreprocessing);
});
