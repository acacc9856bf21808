import { attributes, node, type Model } from '@nads/onnx';
import { mostRewritten, type Runtime } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import type { BlockSums } from '../src/estimator/accumulate/block-sums.js';
import { NetworkProbe } from '../src/estimator/network-probe.js';
import type { EstimateOptions } from '../src/estimator/plan/estimate-options.js';
import { prepare } from '../src/estimator/plan/prepare.js';
import { linearLayer, linearWeights, smallModel, uneven } from './small-model.js';

// A network of very many nodes takes its weights as inputs, so that one session serves all networks.

/** A convolution, `length` nodes that change nothing more, a node of a kind, and a last layer. */
function network(length: number, last = 'Relu'): Model {
  const links = Array.from({ length }, (_, i) => node('Relu', [`v${i}`], [`v${i + 1}`]));
  return smallModel({
    image: { channels: 1, height: 4, width: 4 },
    nodes: [
      node('Conv', ['x', 'k'], ['v0'], attributes({ pads: [1, 1, 1, 1] })),
      ...links,
      node(last, [`v${length}`], ['r']),
      node('Flatten', ['r'], ['flat']),
      linearLayer('flat', 'last', 'y'),
    ],
    weights: { k: uneven(2, 1, 3, 3), ...linearWeights('last', 3, 32) },
  });
}

/** A convolution and two linear layers. */
const lastLayers = (): Model =>
  smallModel({
    image: { channels: 1, height: 4, width: 4 },
    nodes: [
      node('Conv', ['x', 'k'], ['v'], attributes({ pads: [1, 1, 1, 1] })),
      node('Flatten', ['v'], ['flat']),
      linearLayer('flat', 'first', 'f'),
      node('Relu', ['f'], ['r']),
      linearLayer('r', 'last', 'y'),
    ],
    weights: {
      k: uneven(2, 1, 3, 3),
      ...linearWeights('first', 5, 32),
      ...linearWeights('last', 3, 5),
    },
  });

async function contributions(
  model: Model,
  options: EstimateOptions = {},
  { slowSessions = false } = {},
) {
  let sessions = 0;
  const counting: Runtime = {
    ...nodeRuntime,
    slowSessions,
    createSession: (...given) => (sessions++, nodeRuntime.createSession(...given)),
  };
  const { plan } = prepare(model, { seed: 3, local: 'none', tails: 1, ...options });
  const probe = new NetworkProbe(plan, counting);
  const sums: BlockSums[] = [];
  for (const index of [0, 1, 0]) sums.push(await probe.contribution(index));
  return { plan, sessions, sums: sums.map(parts => parts.flatMap(({ data }) => [...data])) };
}

test.each([
  ['secant', mostRewritten],
  ['gradient', 2600],
] as const)(
  'a long network gives the same as a short one from one session: %s',
  async (probe, length) => {
    const few = await contributions(network(1), { probe });
    const many = await contributions(network(length), { probe });
    expect(many.plan.body.open?.isBest).toBe(true);
    expect([few.sessions, many.sessions]).toEqual([3, 1]);
    many.sums.forEach((sums, i) => expectClose(sums, few.sums[i], { rtol: 1e-5, atol: 1e-7 }));
    expect(many.sums[2]).toEqual(many.sums[0]);
    expect(many.sums[1]).not.toEqual(many.sums[0]);
  },
  60_000,
);

test('on a runtime that is slow to make sessions one serves all networks that are quick to run', async () => {
  const many = await contributions(network(1));
  const one = await contributions(network(1), {}, { slowSessions: true });
  expect([many.sessions, one.sessions]).toEqual([3, 1]);
  one.sums.forEach((sums, i) => expectClose(sums, many.sums[i], { rtol: 1e-6, atol: 1e-9 }));
  expect(one.sums[2]).toEqual(one.sums[0]);
  expect(one.sums[1]).not.toEqual(one.sums[0]);
});

test('the last layers that are drawn often have one session for all draws and networks', async () => {
  const { plan, sessions } = await contributions(lastLayers(), { tails: 3 });
  expect(plan.tail).toMatchObject({ count: 3, open: { isBest: true } });
  expect(sessions).toBe(3 + 1); // a body for each network
});

test('networks that are asked for at once give what they give one after the other', async () => {
  const { plan, sums } = await contributions(lastLayers(), { tails: 3 });
  const probe = new NetworkProbe(plan, nodeRuntime);
  const together = await Promise.all([0, 1].map(index => probe.contribution(index)));
  expect(together.map(parts => parts.flatMap(({ data }) => [...data]))).toEqual(sums.slice(0, 2));
});

test('gradients that take minutes to load are refused', async () => {
  await expect(contributions(network(14_000), { probe: 'gradient' })).rejects.toThrow(
    /has 5\d,\d\d\d nodes, and more than 50,000 take the runtime minutes to load/,
  );
});

test('values that are not finite are followed back to their node', async () => {
  const negative = network(mostRewritten, 'Log');
  await expect(contributions(negative)).rejects.toThrow("node 'r' (Log) gives -Infinity");
}, 60_000);
