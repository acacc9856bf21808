import { comparedRuntime, type Runtime, type Value, type Values } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import {
  gradientsAt,
  margins,
  ntk,
  prune,
  pruneOracle,
  saliency,
  secantsAt,
} from '../src/index.js';
import { images, network, numbersOf } from './small-models.js';

/** The processor under another name, all of whose floating-point outputs are off by a share of themselves. */
const accelerator = (off: number): Runtime => ({
  name: 'onnxruntime-node 0 (stub)',
  async createSession(model, options) {
    const session = await nodeRuntime.createSession(model, options);
    return { ...session, run: async inputs => scaled(await session.run(inputs), 1 + off) };
  },
});

const scaled = (values: Values, factor: number): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, times(value, factor)]));

function times(value: Value, factor: number): Value {
  if (!(value.data instanceof Float32Array)) return value;
  return { ...value, data: value.data.map(x => x * factor) };
}

/** As `nodeRuntimeWith` makes one of a provider. */
const providing = (off: number) => ({ runtime: comparedRuntime(accelerator(off), nodeRuntime) });

const set = images(6, i => i % 2);
const points = [Float32Array.from(numbersOf(set, 0))];

/** What runs on a provider: each study, and the runtime that its results name where they have one. */
const studies: Readonly<
  Record<string, (environment: { readonly runtime: Runtime }) => Promise<{ runtime?: string }>>
> = {
  margins: at => margins(network(), set, { basis: 'pixels' }, at),
  ntk: at => ntk(network(), set, {}, at),
  saliency: at => saliency(network(), images(1), {}, at),
  secants: async at => (await secantsAt(network(), {}, at).at(points), {}),
  gradients: async at => (await (await gradientsAt(network(), {}, at)).at(points), {}),
  prune: at => prune(network(), set, { remove: 0.3, rounds: 1, batch: 2 }, at),
  oracle: at => pruneOracle(network(), set, { batch: 2 }, at),
};

test.each(Object.keys(studies))('%s on a provider that rounds otherwise', async name => {
  const { runtime } = await studies[name](providing(1e-6));
  expect(runtime ?? 'onnxruntime-node 0 (stub)').toBe('onnxruntime-node 0 (stub)');
});

test.each(Object.keys(studies))('%s refuses a provider in half precision', async name => {
  await expect(studies[name](providing(1e-3))).rejects.toThrow(
    /onnxruntime-node 0 \(stub\) does not compute what onnxruntime-node .* does: output '.*' differs by 1\.0e-3/,
  );
});
