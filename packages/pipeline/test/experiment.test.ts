import { parseExperiment } from '../src/index.js';

const parse = (value: unknown): unknown => parseExperiment('e.json', JSON.stringify(value));

test('an experiment is read as it is written', () => {
  const experiment = {
    title: 'two',
    stages: {
      train: { run: 'train', arguments: ['lenet'], each: { seed: [0, 1] }, file: 'model.onnx' },
      table: { script: 'table.mjs', options: { digits: 3, bold: true }, needs: ['train'] },
    },
  };
  expect(parse(experiment)).toEqual(experiment);
});

test.each([
  ['not JSON', '{', /^e\.json: not JSON/],
  ['another key', '{"stages":{},"stage":{}}', /^e\.json: the whole: unrecognized key: "stage"/],
  ['neither command nor script', '{"stages":{"a":{}}}', /^e\.json: stages\.a: needs either run/],
  ['both', '{"stages":{"a":{"run":"x","script":"y"}}}', /stages\.a: needs either run/],
  ['a name with spaces', '{"stages":{"a b":{"run":"x"}}}', /stages/],
  ['a name of an object', '{"stages":{"__proto__":{"run":"x"}}}', /stages/],
  ['a file elsewhere', '{"stages":{"a":{"run":"x","file":"../b"}}}', /stages\.a\.file/],
  ['no values', '{"stages":{"a":{"run":"x","each":{"s":[]}}}}', /stages\.a\.each\.s/],
  [
    'values that are paths',
    '{"stages":{"a":{"run":"x","each":{"s":["../b"]}}}}',
    /stages\.a\.each/,
  ],
])('%s is refused with its place', (_, text, message) => {
  expect(() => parseExperiment('e.json', text)).toThrow(message);
});
