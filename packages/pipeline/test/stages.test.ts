import { stagesOf, type Experiment, type Stage } from '../src/index.js';

const stages = (all: Experiment['stages']): Stage[] => stagesOf({ stages: all });

test('stages come behind what they name', () => {
  const found = stages({
    report: { run: 'report', arguments: ['{estimate}'] },
    estimate: { run: 'estimate', arguments: ['{train}/model.onnx'], options: { basis: 'dct:4' } },
    train: { run: 'train', arguments: ['lenet'] },
  });
  expect(found.map(({ name }) => name)).toEqual(['train', 'estimate', 'report']);
  expect(found[1]).toEqual({
    name: 'estimate',
    settings: 'estimate',
    run: 'estimate',
    arguments: ['out/train/model.onnx'],
    options: { basis: 'dct:4' },
    folder: 'out/estimate',
    needs: ['train'],
  });
});

test('variables make a stage for each combination of their values, and name those of others', () => {
  const found = stages({
    train: {
      run: 'train',
      arguments: ['{net}'],
      options: { seed: '{seed}', epochs: 2 },
      each: { net: ['lenet', 'VGG'], seed: [0, 1] },
    },
    estimate: {
      run: 'estimate',
      arguments: ['{train-{net}-0}/model.onnx'],
      each: { net: ['lenet', 'VGG'] },
    },
    compare: {
      run: 'compare',
      arguments: ['{estimate}'],
      options: { against: 'nads:{estimate-vgg}' },
    },
  });
  expect(found.map(({ name }) => name)).toEqual([
    'train-lenet-0',
    'train-lenet-1',
    'train-vgg-0',
    'train-vgg-1',
    'estimate-lenet',
    'estimate-vgg',
    'compare',
  ]);
  expect(found[3]).toMatchObject({ arguments: ['VGG'], options: { seed: '1', epochs: 2 } });
  expect(found[5]).toMatchObject({
    arguments: ['out/train-vgg-0/model.onnx'],
    needs: ['train-vgg-0'],
  });
  expect(found[6]).toMatchObject({
    arguments: ['out/estimate-lenet', 'out/estimate-vgg'],
    options: { against: 'nads:out/estimate-vgg' },
    needs: ['estimate-lenet', 'estimate-vgg'],
  });
});

test('stages can be needed without being named', () => {
  const found = stages({
    table: { script: 'table.mjs', needs: ['sweep'] },
    sweep: { run: 'sweep', each: { seed: [0, 1] } },
  });
  expect(found.at(-1)).toMatchObject({ name: 'table', needs: ['sweep-0', 'sweep-1'] });
});

test.each([
  [
    'stages that need each other',
    {
      a: { run: 'x', arguments: ['{b}'] },
      b: { run: 'x', arguments: ['{c}'] },
      c: { run: 'x', arguments: ['{a}'] },
    },
    'stages need each other: a → b → c → a',
  ],
  [
    'an unknown stage',
    { a: { run: 'x', arguments: ['{b}/m.onnx'] } },
    "stage 'a': '{b}' is no stage",
  ],
  [
    'an unknown variable',
    { a: { run: 'x', arguments: ['{sede}'], each: { seed: [0] } } },
    "stage 'a-0': '{sede}' is no stage, nor one of {seed}",
  ],
  [
    'several stages in one path',
    { t: { run: 'x', each: { s: [0, 1] } }, a: { run: 'x', arguments: ['{t}/m.onnx'] } },
    "stage 'a': '{t}' stands for 2 stages in '{t}/m.onnx'; name one of them",
  ],
  [
    'two stages of one name',
    { a: { run: 'x', each: { s: [1] } }, 'a-1': { run: 'x' } },
    "two stages are called 'a-1'; rename one",
  ],
])('%s are refused', (_, all, message) => {
  expect(() => stages(all as Experiment['stages'])).toThrow(message);
});
