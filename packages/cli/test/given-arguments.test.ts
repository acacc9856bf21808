import { estimate } from '../src/commands/estimate.js';
import { givenArguments } from '../src/terminal/given-arguments.js';

const isLeftOut = (name: string): boolean => ['out', 'force', 'quiet', 'workers'].includes(name);
const given = (line: string): string =>
  givenArguments(estimate(), line.split(' '), isLeftOut).join(' ');

test('options that do not matter go with their values, in every spelling', () => {
  expect(given('estimate m.onnx --out a --seed 1 --force')).toBe('estimate m.onnx --seed 1');
  expect(given('estimate --out=a -q m.onnx -n 10 -oa')).toBe('estimate m.onnx -n 10');
  expect(given('estimate --workers 2 -o a m.onnx -n10 --networks=3')).toBe(
    'estimate m.onnx -n10 --networks=3',
  );
});

test('values that look like options stay values', () => {
  expect(given('estimate m.onnx --basis --out --seed 1')).toBe(
    'estimate m.onnx --basis --out --seed 1',
  );
});
