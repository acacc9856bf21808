import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import {
  choosePreprocessing,
  preprocessingOfInput,
  type ChosenPreprocessing,
  type StatedPreprocessing,
} from '@nads/study';
import {
  addPreprocessingOptions,
  type PreprocessingFlags,
} from '../src/commands/preprocessing-options.js';
import { statedPreprocessing } from '../src/terminal/stated-preprocessing.js';
import { temporaryFolder } from './run-nads.js';

/** What the options on a command line give. @throws what commander complains of */
function flags(...args: readonly string[]): PreprocessingFlags {
  const command = addPreprocessingOptions(new Command('any'));
  command.exitOverride().configureOutput({ writeErr: () => {} });
  return command.parse(args, { from: 'user' }).opts();
}

const folders: (() => void)[] = [];
afterAll(() => folders.forEach(remove => remove()));

/** The path of a model in a folder of its own, with these files beside it. */
function modelWith(files: Readonly<Record<string, string>>): string {
  const { path, remove } = temporaryFolder();
  folders.push(remove);
  for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text);
  return path('net.onnx');
}

/** What options, files beside a model and other sources come to. */
const chosen = (
  model: string,
  options: PreprocessingFlags,
  ...others: StatedPreprocessing[]
): ChosenPreprocessing => choosePreprocessing([...statedPreprocessing(model, options), ...others]);

test('the options give numbers', () => {
  expect(
    flags(
      '--mean=-0.5,0,1e-1',
      '--std=2',
      '--range=-1-1',
      '--size=32x48',
      '--resize=nearest',
      '--crop=1',
      '--layout=NHWC',
      '--bgr',
    ),
  ).toEqual({
    mean: [-0.5, 0, 0.1],
    std: [2],
    range: [-1, 1],
    size: [32, 48],
    resize: 'nearest',
    crop: 1,
    bgr: true,
    layout: 'NHWC',
  });
  expect(flags('--range', '-1-1', '--mean', '-1')).toEqual({ range: [-1, 1], mean: [-1] });
  expect(flags('--range', 'stored', '--crop', '0.875')).toEqual({ range: 'stored', crop: 0.875 });
  expect(flags()).toEqual({});
});

test.each([
  [['--mean', '0.5,,0.5'], 'Expected numbers, as in 0.485,0.456,0.406.'],
  [['--mean', 'half'], 'Expected numbers'],
  [['--mean', 'Infinity'], 'Expected numbers'],
  [['--std', '1,0'], 'Expected numbers above 0'],
  [['--range', '0-2'], 'Expected 0-1, 0-255, -1-1, stored.'],
  [['--range', 'constructor'], 'Expected 0-1'],
  [['--size', '99999'], 'Expected sides of at most 16384.'],
  [['--crop', '1.5'], 'Expected a number between 0 and 1'],
  [['--resize', 'bicubic'], 'Allowed choices are bilinear, nearest'],
])('%j is refused', (args, message) => {
  expect(() => flags(...args)).toThrow(message);
});

test('without anything said, bytes are divided by 255, and the line says that this is assumed', () => {
  expect(chosen(modelWith({}), {})).toEqual({
    preprocessing: {
      range: [0, 1],
      mean: [0],
      std: [1],
      order: 'RGB',
      layout: 'NCHW',
      resize: 'bilinear',
    },
    description:
      'preprocessing: range [0,1], mean 0, std 1, NCHW, no resize (range, mean, std assumed)',
  });
});

test('options win over the file beside the model, and that over what the model says', () => {
  const model = modelWith({
    'net.json': '{"mean": [0.1, 0.2, 0.3], "std": 0.5, "layout": "NCHW", "order": "BGR"}',
  });
  const fromModel = preprocessingOfInput({ channels: 3, height: 8, width: 9, layout: 'NHWC' });
  const { preprocessing, description } = chosen(model, { mean: [0.4] }, fromModel);
  expect(preprocessing).toMatchObject({
    mean: [0.4],
    std: [0.5],
    layout: 'NCHW',
    order: 'BGR',
    size: [8, 9],
    channels: 3,
  });
  const json = model.replace(/onnx$/, 'json');
  expect(description).toBe(
    'preprocessing: range [0,1], mean 0.4, std 0.5, NCHW, BGR, in colour, size 8×9 (bilinear)' +
      ` (mean from the options; std, order, layout from ${json}; channels, size from the model; range assumed)`,
  );
});

test.each<[Readonly<Record<string, string>>, number]>([
  [{ 'net.json': '{"std": 2}', 'preprocessing.json': '{"std": 3}' }, 2],
  [{ 'net.onnx.json': '{"std": 2}', 'preprocessing.json': '{"std": 3}' }, 2],
  [{ 'preprocessing.json': '{"std": 3}' }, 3],
  [{ 'net.json': '{"framework": "other"}', 'preprocessing.json': '{"std": 3}' }, 3],
  [{ 'net.json': '[1]' }, 1],
  [{ 'net.json': 'null' }, 1],
  [{ 'net.json': `{"std": 2, "a": "${'x'.repeat(70_000)}"}` }, 1],
])(
  'of the files beside the model one that describes preprocessing is picked up (%#)',
  (files, std) => {
    expect(chosen(modelWith(files), {}).preprocessing.std).toEqual([std]);
  },
);

test('a file that is named is read instead of those beside the model', () => {
  const model = modelWith({ 'net.json': '{"std": 2}', 'mine.json': '{"std": 4}' });
  const mine = model.replace('net.onnx', 'mine.json');
  expect(chosen(model, { preprocessing: mine }).preprocessing.std).toEqual([4]);
  expect(() => chosen(model, { preprocessing: `${mine}x` })).toThrow(
    `${mine}x: no such file or folder`,
  );
});

test('the options have no say over fields that were not given', () => {
  const model = modelWith({ 'net.json': '{"size": 5, "crop": 0.5, "range": [0, 255]}' });
  const { preprocessing } = chosen(model, flags('--mean', '100'));
  expect(preprocessing).toMatchObject({ size: [5, 5], crop: 0.5, range: [0, 255], mean: [100] });
});

test('bad files and contradictions are named', () => {
  const unknown = modelWith({ 'net.json': '{"std": 2, "means": 3}' });
  expect(() => chosen(unknown, {})).toThrow(/net\.json: unknown field "means"/);
  const broken = modelWith({ 'net.json': '{"std": 2' });
  expect(() => chosen(broken, {})).toThrow(/net\.json: not JSON/);
  expect(() => chosen(modelWith({}), { mean: [123.7] })).toThrow(
    'preprocessing: mean 123.7 lies outside the range [0, 1]',
  );
  expect(() => chosen(modelWith({}), { crop: 0.5 })).toThrow('needs a size');
});

test('a model of other than 1 or 3 channels says nothing of colour', () => {
  const image = { channels: 4, height: 2, width: 3, layout: 'NCHW' } as const;
  expect(preprocessingOfInput(image).fields).toEqual({ size: [2, 3], layout: 'NCHW' });
});
