import { Random } from '@nads/linalg';
import { float } from '../../src/attribute.js';
import { tensorOf } from '../../src/tensor.js';
import { whole } from '../operators/one-node.js';
import { expectGradients, normal } from './expect-gradients.js';

const random = new Random('attention');
const x = (...dims: number[]) => normal(random, ...dims);
const single = { opset: 23, single: true };

test.each([
  {},
  { is_causal: 1 },
  { scale: float(0.3) },
  { softcap: float(0.7) },
  { is_causal: 1, softcap: float(0.7) },
])('Attention %j', async attributes => {
  const data = [x(2, 3, 4, 5), x(2, 3, 6, 5), x(2, 3, 6, 2)];
  await expectGradients({ operator: 'Attention', data, attributes }, single);
});

test('Attention of heads side by side, of which queries have more', async () => {
  const data = [x(2, 4, 12), x(2, 5, 6), x(2, 5, 4)];
  const attributes = { q_num_heads: 4, kv_num_heads: 2 };
  await expectGradients({ operator: 'Attention', data, attributes }, single);
});

test('Attention with a mask that is added, or says what counts', async () => {
  const data = [x(2, 3, 4, 5), x(2, 3, 6, 5), x(2, 3, 6, 2)];
  await expectGradients(
    { operator: 'Attention', data: [...data, x(4, 6)], attributes: { softcap: float(0.7) } },
    { ...single, order: 1 },
  );
  const kept = tensorOf(
    'bool',
    [4, 6],
    Array.from({ length: 24 }, (_, at) => Number(at % 5 !== 1)),
  );
  await expectGradients({ operator: 'Attention', data, constants: [kept] }, single);
});

test('Attention with keys and values of the past', async () => {
  const data = [x(2, 3, 4, 5), x(2, 3, 4, 5), x(2, 3, 4, 2)];
  const past = [x(2, 3, 2, 5), x(2, 3, 2, 2)];
  await expectGradients(
    {
      operator: 'Attention',
      data,
      constants: [undefined, ...past],
      outputs: 3,
      attributes: { is_causal: 1 },
    },
    single,
  );
});

test.each([{}, { interleaved: 1 }, { rotary_embedding_dim: 4 }])(
  'RotaryEmbedding %j',
  async attributes => {
    const pairs = attributes.rotary_embedding_dim ? 2 : 3;
    const places = whole([0, 2, 1, 4, 3, 3, 0, 1], 'int64', [2, 4]);
    await expectGradients(
      {
        operator: 'RotaryEmbedding',
        data: [x(2, 3, 4, 6), x(5, pairs), x(5, pairs)],
        constants: [places],
        attributes,
      },
      { ...single, order: 1 },
    );
    await expectGradients(
      {
        operator: 'RotaryEmbedding',
        data: [x(2, 4, 18), x(2, 4, pairs), x(2, 4, pairs)],
        attributes: { ...attributes, num_heads: 3 },
      },
      { ...single, order: 1 },
    );
  },
);
