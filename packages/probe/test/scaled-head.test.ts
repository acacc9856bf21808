import { pixelsOf } from '@nads/basis';
import { attributes, float, floats, node, type Node, type Tensor } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { NetworkProbe } from '../src/estimator/network-probe.js';
import { prepare } from '../src/estimator/plan/prepare.js';
import { expectMatrix, lifted, type Rows } from './reference.js';
import { linearLayer, linearWeights, smallModel, uneven } from './small-model.js';

// The average over a last layer that is scaled, against the mean over thousands of drawn outputs of the same body.

const image = { channels: 1, height: 3, width: 4 };
const [hidden, outputs] = [5, 6000];

/** Images to 5 hidden units to 6000 outputs, from `h` by these nodes. */
const ending = (nodes: readonly Node[], weights: Readonly<Record<string, Tensor>>) =>
  smallModel({
    image,
    nodes: [
      node('Flatten', ['x'], ['flat']),
      linearLayer('flat', 'first', 'z'),
      node('Tanh', ['z'], ['t']),
      ...nodes,
    ],
    weights: { ...linearWeights('first', hidden, pixelsOf(image)), ...weights },
  });

const last = linearWeights('last', outputs, hidden);
const of = (value: number): Tensor => floats([outputs], new Float32Array(outputs).fill(value));
const statistics = { s: uneven(outputs), b: uneven(outputs), m: uneven(outputs), v: of(2) };

test.each<[string, number, Node[], Record<string, Tensor>]>([
  [
    'Gemm with α and β',
    9,
    [
      node(
        'Gemm',
        ['t', 'last', 'last-bias'],
        ['y'],
        attributes({ transB: 1, alpha: float(3), beta: float(0.5) }),
      ),
    ],
    last,
  ],
  [
    'batch normalisation, of which fresh statistics leave 1/√(1 + ε)',
    1 / 4,
    [
      linearLayer('t', 'last', 'h'),
      node(
        'BatchNormalization',
        ['h', 's', 'b', 'm', 'v'],
        ['y'],
        attributes({ epsilon: float(3) }),
      ),
    ],
    { ...last, ...statistics },
  ],
  [
    'a temperature',
    4,
    [linearLayer('t', 'last', 'h'), node('Div', ['h', 'half'], ['y'])],
    { ...last, half: floats([], [0.5]) },
  ],
  [
    'a matrix of four axes',
    1,
    [node('Unsqueeze', ['t', 'axes'], ['u']), node('MatMul', ['u', 'wide'], ['y'])],
    {
      wide: uneven(1, 1, hidden, outputs),
      axes: { type: 'int64', dims: [2], data: BigInt64Array.of(1n, 2n) },
    },
  ],
])('%s', async (_, factor, nodes, weights) => {
  const model = ending(nodes, weights);
  const exact = await covariance('marginalised');
  expectMatrix(exact, await covariance('outputs'), 0.05);

  async function covariance(head: 'marginalised' | 'outputs'): Promise<Rows> {
    const { plan } = prepare(model, { head, symmetry: 'none', step: 0.5, layout: 'NCHW', seed: 4 });
    if (plan.head.kind === 'marginalised')
      expect(plan.head.variance).toBeCloseTo(factor / (3 * hidden), 6);
    const probe = new NetworkProbe(plan, nodeRuntime);
    return lifted(await probe.contribution(0), probe.blocks, probe.basis.size);
  }
});
