import { arcDiagram } from '../src/arc-diagram.js';

const diagram = arcDiagram({
  title: 'A & B',
  nodes: ['in', 'middle', 'out'],
  arcs: [
    { from: 0, to: 1, label: 'conv' },
    { from: 0, to: 2, label: 'skip' },
    { from: 1, to: 2, label: 'conv' },
  ],
});
const paths = [
  ...diagram.matchAll(/<path d="M([\d.]+) ([\d.]+)C[\d.]+ (-?[\d.]+) [^"]*" [^>]*stroke="(#\w+)"/g),
];

test('arcs go from node to node, longer ones rise higher, and equal labels have equal colours', () => {
  expect(paths.map(([, x]) => Number(x))).toEqual([40, 40, 230]);
  const [short, long, other] = paths.map(([, , y, control]) => Number(y) - Number(control));
  expect(long).toBeCloseTo(2 * short, 1);
  expect(other).toBe(short);
  expect([paths[0][4] === paths[2][4], paths[0][4] === paths[1][4]]).toEqual([true, false]);
  for (const text of ['in', 'middle', 'out', 'conv', 'skip', 'A &#38; B'])
    expect(diagram).toContain(`>${text}<`);
});

test('no arc rises out of the picture', () => {
  const [, height] = /height="(\d+)"/.exec(diagram)!;
  for (const [, , y, control] of paths) {
    const top = Number(y) - 0.75 * (Number(y) - Number(control));
    expect(top).toBeGreaterThan(40);
    expect(Number(y)).toBeLessThan(Number(height));
  }
});

test('an arc to nowhere is refused', () => {
  const arcs = [{ from: 0, to: 3, label: 'x' }];
  expect(() => arcDiagram({ nodes: ['a'], arcs })).toThrow('there is no node 3');
});
