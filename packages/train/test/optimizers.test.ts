import { expectClose } from '@nads/testing';
import { adam, constantRate, cosineRate, linearRate, sgd, stepRate } from '../src/index.js';

test('sgd with momentum and weight decay, two steps by hand', () => {
  const weight = Float32Array.of(1);
  const velocity = Float32Array.of(0);
  const { apply } = sgd({ momentum: 0.9, weightDecay: 0.1 });
  apply({ weight, gradient: Float32Array.of(2), rate: 0.5, step: 1, slots: [velocity] });
  // d = 2 + 0.1, v = 2.1, w = 1 − 1.05
  expectClose([...weight, ...velocity], [-0.05, 2.1], { rtol: 1e-6 });
  apply({ weight, gradient: Float32Array.of(1), rate: 0.5, step: 2, slots: [velocity] });
  // d = 1 − 0.005, v = 1.89 + 0.995
  expectClose([...weight, ...velocity], [-0.05 - 1.4425, 2.885], { rtol: 1e-6 });
});

test('the first step of Adam goes by the rate, whatever the size of the gradient', () => {
  const weight = Float32Array.of(1, 1);
  const slots = [new Float32Array(2), new Float32Array(2)];
  adam().apply({ weight, gradient: Float32Array.of(1e-3, -50), rate: 0.1, step: 1, slots });
  expectClose(weight, [0.9, 1.1], { rtol: 1e-4 });
});

test('schedules at the beginning, in the middle and in the last of 10 steps', () => {
  const at = (schedule: (step: number, steps: number) => number) =>
    [0, 5, 9].map(step => schedule(step, 10));
  expectClose(at(constantRate(0.2)), [0.2, 0.2, 0.2]);
  expectClose(at(linearRate(0.5)), [0.5, 0.25, 0.05], { rtol: 1e-12 });
  expectClose(at(cosineRate(0.5)), [0.5, 0.25, 0.25 * (1 + Math.cos(0.9 * Math.PI))]);
  expectClose(at(stepRate(1)), [1, 0.1, 0.01], { rtol: 1e-12 });
});
