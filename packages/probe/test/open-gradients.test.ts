import { attributes, node } from '@nads/onnx';
import type { Runtime, Session } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { gradientModel } from '../src/own-network/gradient-model.js';
import { openGradients } from '../src/own-network/open-gradients.js';
import { linearLayer, linearWeights, smallModel } from './small-model.js';

const model = (opset: number) =>
  smallModel({
    image: { channels: 1, height: 2, width: 2 },
    nodes: [
      node('Flatten', ['x'], ['flat']),
      linearLayer('flat', 'last', 'l'),
      node('Softmax', ['l'], ['y'], attributes({ axis: 1 })),
    ],
    weights: linearWeights('last', 3, 4),
    opsets: [['', opset]],
  });

/** A runtime that gives outputs of models whose bytes are these times a factor. */
const disagreeing = (bytes: Uint8Array, factor: () => number): Runtime => ({
  name: 'disagreeing',
  createSession: async (model, options) => {
    const session = await nodeRuntime.createSession(model, options);
    return model === bytes ? scaled(session, factor) : session;
  },
});

const scaled = (session: Session, factor: () => number): Session => ({
  ...session,
  run: async feeds => {
    const results = await session.run(feeds);
    const data = (results.y.data as Float32Array).map(value => value * factor());
    return { ...results, y: { ...results.y, data } };
  },
});

test('a model of an old opset is opened where its later forms give the same', async () => {
  const prepared = gradientModel(model(9));
  expect(prepared.original?.opsets.get('')).toBe(9);
  expect((await openGradients(nodeRuntime, prepared)).outputs).toBe(3);
});

test('where they give something else, that is an error with the difference', async () => {
  const prepared = gradientModel(model(9));
  const runtime = disagreeing(prepared.model, () => 1.5);
  await expect(openGradients(runtime, prepared)).rejects.toThrow(
    /nodes of opset 9 in later forms, but these give other outputs \(by up to 0\.\d+ on noise\)/,
  );
});

test('nothing is compared where nothing was converted, or the runtime refuses the file', async () => {
  const recent = gradientModel(model(17));
  expect(recent.original).toBeUndefined();
  await openGradients(
    disagreeing(recent.model, () => 1.5),
    recent,
  );
  const old = gradientModel(model(9));
  const runtime = disagreeing(old.model, () => 1.5);
  const refusing: Runtime = {
    ...runtime,
    createSession: async bytes => {
      if (bytes !== old.model) throw new Error('refused');
      return runtime.createSession(bytes);
    },
  };
  await openGradients(refusing, old);
});
