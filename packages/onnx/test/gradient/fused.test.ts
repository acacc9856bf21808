import { Random } from '@nads/linalg';
import { float } from '../../src/attribute.js';
import type { Attribute } from '../../src/graph.js';
import { expectAgreement, sample } from '../operators/one-node.js';
import { expectGradients, normal } from './expect-gradients.js';

const random = new Random('fused');
const x = (...dims: number[]) => normal(random, ...dims);
const domain = 'com.microsoft';

const text = (value: string): Attribute => ({
  type: 'string',
  value: new TextEncoder().encode(value),
});
const numbers = (...value: number[]): Attribute => ({ type: 'floats', value });

test.each([
  ['Relu', []],
  ['Tanh', []],
  ['Sigmoid', []],
  ['LeakyRelu', [0.1]],
  ['Clip', [-1, 1.5]],
  ['HardSigmoid', [0.2, 0.5]],
])('FusedConv with %s', async (activation, settings) => {
  const attributes = {
    pads: [1, 1, 0, 0],
    strides: [1, 2],
    activation: text(activation),
    ...(settings.length > 0 ? { activation_params: numbers(...settings) } : {}),
  };
  const data = [x(2, 3, 4, 5), x(4, 3, 2, 2), x(4)];
  const one = { operator: 'FusedConv', data, attributes, domain };
  const isSmooth = activation === 'Tanh' || activation === 'Sigmoid';
  await (isSmooth ? expectGradients(one, { single: true }) : expectOneSided(one));
});

/** At inputs so small that all elements are on one side of the kinks, which the bias decides. */
async function expectOneSided(one: Parameters<typeof expectGradients>[0]): Promise<void> {
  const [image, kernel] = one.data!.map(tensor => ({
    ...tensor,
    data: (tensor.data as Float64Array).map(value => 0.02 * value),
  }));
  const bias = { ...sample(4), type: 'float64', data: Float64Array.of(-3, -0.5, 0.5, 3) } as const;
  await expectGradients({ ...one, data: [image, kernel, bias] }, { single: true, order: 1 });
}

test('FusedConv adds another value first', async () => {
  const data = [x(2, 3, 4, 5), x(4, 3, 2, 2), x(4), x(2, 4, 3, 4)];
  const attributes = { activation: text('Tanh') };
  await expectGradients({ operator: 'FusedConv', data, attributes, domain }, { single: true });
});

test('SkipLayerNormalization and its simplified form', async () => {
  const attributes = { epsilon: float(1e-3) };
  const data = [x(2, 3, 4), x(2, 3, 4), x(4), x(4), x(4)];
  for (const count of [3, 4, 5])
    await expectGradients(
      { operator: 'SkipLayerNormalization', data: data.slice(0, count), attributes, domain },
      { single: true },
    );
  for (const count of [3, 4])
    await expectGradients(
      {
        operator: 'SkipSimplifiedLayerNormalization',
        data: data.slice(0, count),
        attributes,
        domain,
      },
      { single: true },
    );
});

test('SkipLayerNormalization: the sum that it normalises, as its fourth output', async () => {
  const one = { operator: 'SkipLayerNormalization', outputs: 4, domain };
  const data = [x(2, 3, 4), x(2, 3, 4), x(4), x(4)];
  await expectGradients({ ...one, data }, { single: true, of: ['output0', 'output3'] });
  const short = { operator: 'SkipLayerNormalization', domain };
  await expectAgreement({ ...short, data: [sample(2, 3, 4), sample(2, 3, 4), sample(4)] }, 17);
});
