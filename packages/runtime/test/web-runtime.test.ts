import { fromRows } from '@nads/linalg';
import { gramProduct, matrixProduct } from '../src/index.js';
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

test('outputs that are discarded have no memory any more, where the host can take it', async () => {
  const lengths: number[] = [];
  const transfer = (length: number): void => void lengths.push(length);
  const outputs = {
    y: { type: 'float32' as const, dims: [1], data: { buffer: { transfer } } as never },
    z: { type: 'float32' as const, dims: [1], data: new Float32Array(1) }, // Node 20 cannot
  };
  const create = async () => ({ inputNames: [], outputNames: [], release: async () => {} });
  const env = { versions: {}, wasm: {} };
  const onnxruntime = { env, InferenceSession: { create }, Tensor: Object } as never;
  const session = await webRuntimeWith({ onnxruntime }).createSession(new Uint8Array());
  session.discard!(outputs);
  expect(lengths).toEqual([0]);
});

test('products in double precision are of linalg, and no session is made for them', async () => {
  const runtime = { ...webRuntime, createSession: () => Promise.reject(new Error('a session')) };
  const multiply = await matrixProduct(runtime);
  const a = fromRows([Float64Array.of(1, 2), Float64Array.of(3, 4)]);
  expect([...(await multiply(a, a)).data]).toEqual([7, 10, 15, 22]);
  expect(await gramProduct(runtime)).toBeUndefined();
});
