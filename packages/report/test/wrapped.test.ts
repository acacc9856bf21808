import { assert, integer, property, string } from 'fast-check';
import { chart, wrapped } from '../src/index.js';
import { textWidth } from '../src/text-width.js';
import { numbers, texts } from './svg-marks.js';

test('a text is broken at spaces', () => {
  expect(wrapped('Eigenvalues of lenet.onnx, 10 networks', 150, 16)).toEqual([
    'Eigenvalues of',
    'lenet.onnx, 10',
    'networks',
  ]);
});

test('a name longer than a line is broken behind its marks, then anywhere', () => {
  expect(wrapped('of resnet50-v1-7_float32.onnx', 110, 16)).toEqual([
    'of resnet50-',
    'v1-7_float32.',
    'onnx',
  ]);
  expect(wrapped('iiiiiiiiii', 20, 10).join('')).toBe('iiiiiiiiii');
});

test('no line is wider than asked for, and nothing is lost', () => {
  assert(
    property(string(), integer({ min: 20, max: 300 }), (text, width) => {
      const lines = wrapped(text, width, 12);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width);
    }),
  );
});

test('a long title of a chart takes several lines inside the picture, above the plot', () => {
  const title = `Eigenvalues of ${'a-very-long-name-of-a-model_'.repeat(5)}.onnx, 10 networks`;
  const svg = chart({ title, series: [{ x: [0, 1], y: [0, 1] }] });
  const lines = texts(svg).filter(text => text.length > 10);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join('').replaceAll(' ', '')).toBe(title.replaceAll(' ', ''));
  for (const line of lines) expect(textWidth(line, 16)).toBeLessThan(720);
  const [top] = numbers(svg, 'svg', 'y');
  expect(top).toBeGreaterThan(26 + 20 * (lines.length - 1));
});
