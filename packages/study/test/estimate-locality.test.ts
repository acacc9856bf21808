import type { Runtime } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  estimate,
  estimateFiles,
  MemoryStore,
  planEstimate,
  sourceModel,
  type EstimateSettings,
} from '../src/index.js';

// Estimates whose probes are run on crops of maps, as people see them.

const path = fileURLToPath(new URL('../../../models/lenet.onnx', import.meta.url));
const source = sourceModel('lenet.onnx', readFileSync(path));
const settings: EstimateSettings = { networks: 1, seed: 3, tails: 1, save: 4 };

/** A runtime whose sessions with several heights and widths, which are those of crops, change what they give. */
const changing = (change: (data: Float32Array) => Float32Array): Runtime => ({
  ...nodeRuntime,
  async createSession(model, options) {
    const session = await nodeRuntime.createSession(model, options);
    if (!session.inputs.some(name => name.includes('/crop'))) return session;
    return {
      ...session,
      async run(inputs) {
        const outputs = Object.entries(await session.run(inputs));
        return Object.fromEntries(
          outputs.map(([name, value]) => [
            name,
            { ...value, data: change(value.data as Float32Array) },
          ]),
        );
      },
      release: () => session.release(),
    };
  },
});

const summaryOf = async (runtime: Runtime, more: EstimateSettings = {}) => {
  const files = estimateFiles(await estimate(source, { ...settings, ...more }, { runtime }));
  return JSON.parse(files.find(([name]) => name === 'nads.json')![1] as string);
};

test('settings say what was run on crops', async () => {
  const { local } = (await summaryOf(nodeRuntime)).settings;
  expect(local).toMatchObject({ convolutions_on_crops: 2, convolutions: 2 });
  expect(local.macs_saved).toBeGreaterThan(0.6);
  expect((await summaryOf(nodeRuntime, { local: 'none' })).settings.local).toBeNull();
});

test('where crops give something else, whole images are run, and it is said why', async () => {
  const runtime = changing(data => data.map(x => 1.01 * x));
  const { preparation } = await planEstimate(source, settings, { runtime });
  expect(preparation.plan.local).toBeUndefined();
  expect(preparation.locality).toBeUndefined();
  expect(preparation.localityNote).toBe('crops did not give what whole images gave');
  expect((await summaryOf(runtime)).settings.local).toBeNull();
});

test('where crops are rounded in another way, sums on whole images are not gone on from', async () => {
  const runtime = changing(data => data.map(x => x * (1 + 1e-6)));
  const store = new MemoryStore('out');
  await estimate(source, { ...settings, local: 'none' }, { runtime, store });
  const other = estimate(source, { ...settings, networks: 2, resume: true }, { runtime, store });
  await expect(other).rejects.toThrow('out/tally.npz belongs to another local (none, now crops)');
});

test('where they are not, they are', async () => {
  const store = new MemoryStore('out');
  const environment = { runtime: nodeRuntime, store };
  await estimate(source, { ...settings, local: 'none' }, environment);
  const { tally } = await estimate(source, { ...settings, networks: 2, resume: true }, environment);
  expect(tally.networks).toBe(2);
});
