import { providers } from '../src/index.js';
import { requireProvider } from '../src/node/require-provider.js';
import { nodeRuntime, nodeRuntimeWith } from '../src/node.js';

const backends = [
  { name: 'cpu', bundled: true },
  { name: 'cuda', bundled: false },
];

test('a provider that the build lacks is named, with those that it has', () => {
  expect(() => requireProvider('cuda', backends, 'onnxruntime-node 1.30.0')).not.toThrow();
  expect(() => requireProvider('dml', backends, 'onnxruntime-node 1.30.0')).toThrow(
    /^onnxruntime-node 1\.30\.0 for \w+\/\w+ has no provider 'dml'; it has cpu, cuda \(with libraries of its own\)$/,
  );
});

test('the processor is the default', () => {
  expect(nodeRuntimeWith({})).toBe(nodeRuntime);
  expect(nodeRuntimeWith({ provider: 'cpu' })).toBe(nodeRuntime);
});

test('results keep the name of another provider', () => {
  for (const provider of providers.filter(name => name !== 'cpu'))
    expect(nodeRuntimeWith({ provider }).name).toBe(`${nodeRuntime.name} (${provider})`);
});

/** Apple's and Microsoft's are each in the builds for their own systems only. */
const elsewhere = process.platform === 'darwin' ? 'dml' : 'coreml';

test('a provider of another system is refused when a session is made', async () => {
  await expect(
    nodeRuntimeWith({ provider: elsewhere }).createSession(new Uint8Array()),
  ).rejects.toThrow(`has no provider '${elsewhere}'; it has cpu`);
});
