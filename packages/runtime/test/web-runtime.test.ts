import { webRuntime, webRuntimeWith } from '../src/web.js';

test('execution providers other than WebAssembly are in the name that results keep', () => {
  expect(webRuntimeWith({ threads: 2 }).name).toBe(webRuntime.name);
  expect(webRuntimeWith({ executionProviders: ['webgpu', 'wasm'] }).name).toBe(
    `${webRuntime.name} (webgpu, wasm)`,
  );
});

test('a build of onnxruntime that is given gets the settings', async () => {
  const made: object[] = [];
  const env = { versions: {}, wasm: { numThreads: 0, wasmPaths: '' } };
  const create = async (_: unknown, options: object) => {
    made.push(options);
    return { inputNames: [], outputNames: [], release: async () => {} };
  };
  const onnxruntime = { env, InferenceSession: { create }, Tensor: Object } as never;
  const runtime = webRuntimeWith({
    onnxruntime,
    executionProviders: ['webgpu'],
    threads: 3,
    wasmPaths: '/ort/',
  });
  await (await runtime.createSession(new Uint8Array())).release();
  expect(env.wasm).toEqual({ numThreads: 3, wasmPaths: '/ort/' });
  expect(made).toMatchObject([{ executionProviders: ['webgpu'] }]);
  await runtime.createSession(new Uint8Array(), { threads: 1 });
  expect(env.wasm.numThreads).toBe(1);
});
