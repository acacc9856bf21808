import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz } from '@nads/dataset';
import { floats, node, writeModel } from '@nads/onnx';
import { modelOf, value } from './make-model.js';
import { complaint, done, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** y = (2x_0 + x_1)², x_0 + x_1 */
const polynomial = folder.path('polynomial.onnx');
writeFileSync(
  polynomial,
  writeModel(
    modelOf(
      [
        node('MatMul', ['x', 'first'], ['a']),
        node('Mul', ['a', 'a'], ['b']),
        node('MatMul', ['x', 'second'], ['c']),
        node('Concat', ['b', 'c'], ['y'], new Map([['axis', { type: 'int', value: 1n }]])),
      ],
      {
        inputs: [value('x', ['N', 2])],
        initializers: { first: floats([2, 1], [2, 1]), second: floats([2, 1], [1, 1]) },
      },
    ),
  ),
);

test('a polynomial has its degree, output by output', async () => {
  const { stdout } = await done('degree', polynomial);
  expect(stdout).toMatch(/^a polynomial of degree 2: /);
  expect(stdout).toMatch(/1 of 2 outputs: degree 1/);
  expect(stdout).toMatch(/double precision/);
  const { degree, outputs, precision } = JSON.parse(
    (await done('degree', polynomial, '--json')).stdout,
  );
  expect({ degree, precision }).toEqual({ degree: 2, precision: 'float64' });
  expect(outputs).toMatchObject([
    { name: 'y', index: 0, degree: 2 },
    { name: 'y', index: 1, degree: 1 },
  ]);
});

test('coefficients are written', async () => {
  const file = folder.path('c.npz');
  await done('degree', polynomial, '--coefficients', file, '--quiet');
  const { exponents, coefficients, T2 } = Object.fromEntries(decodeNpz(readFileSync(file)));
  expect([...exponents.data]).toEqual([0, 0, 1, 0, 0, 1, 2, 0, 1, 1, 0, 2]);
  const expected = [0, 0, 0, 1, 0, 1, 4, 0, 4, 0, 1, 0];
  expected.forEach((c, i) => expect(coefficients.data[i]).toBeCloseTo(c, 12));
  expect(T2.shape).toEqual([2, 2, 2]);
  expect(T2.data[1]).toBeCloseTo(2, 12);
});

test('a network with ReLU is none, and has no coefficients', async () => {
  const { stdout } = await done('degree', model('lenet'), '--lines', '1');
  expect(stdout).toMatch(/^not a polynomial of degree up to 12/);
  expect(stdout).toMatch(/single precision, since in double: node '\/conv1\/Conv' \(Conv\)/);
  const file = folder.path('never.npz');
  expect(await complaint('degree', model('lenet'), '--lines', '1', '--coefficients', file)).toMatch(
    /not a polynomial, so there are no coefficients$/,
  );
  expect(existsSync(file)).toBe(false);
});

test('a degree beyond those that are told apart is refused', async () => {
  expect(await complaint('degree', polynomial, '--max-degree', '999999')).toMatch(
    /--max-degree: 999999 is more than 128, up to which degrees are told apart$/,
  );
});

test('an output that is not there is refused with those that are', async () => {
  expect(await complaint('degree', polynomial, '--output', 'z')).toMatch(
    /polynomial.onnx: --output: there is no output 'z'; choose one of y$/,
  );
});
