import { readdirSync, writeFileSync } from 'node:fs';
import { encodeNpz } from '@nads/dataset';
import { writeModel } from '@nads/onnx';
import { network, value, weights } from './make-model.js';
import { done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A file of a network for images of so many channels. */
function modelFor(channels: number): string {
  const { graph, ...rest } = network();
  const initializers = new Map(graph.initializers).set('kernel', weights(3, channels, 3, 3));
  const inputs = [value('x', ['N', channels, 8, 8])];
  const file = folder.path(`${channels}.onnx`);
  writeFileSync(file, writeModel({ ...rest, graph: { ...graph, inputs, initializers } }));
  return file;
}

function imagesOf(channels: number): string {
  const data = Float32Array.from({ length: 4 * channels * 64 }, (_, i) => (i % 11) / 11);
  const labels = { dtype: 'int32', shape: [4], data: Int32Array.of(0, 1, 0, 1) } as const;
  const images = { dtype: 'float32', shape: [4, channels, 8, 8], data } as const;
  writeFileSync(folder.path(`${channels}.npz`), encodeNpz({ images, labels }));
  return folder.path(`${channels}.npz`);
}

test.each([2, 4, 5])('images of %d channels have numbers and pictures', async channels => {
  const model = modelFor(channels);
  const of = ['--data', imagesOf(channels), '--layout', 'NCHW'];
  const out = (name: string): string => folder.path(`${name}-${channels}`);
  const run = async (name: string, ...args: string[]): Promise<string[]> => {
    const { stderr } = await done(name, ...args, '--quiet', '--out', out(name));
    expect(stderr).not.toContain('could not be drawn');
    return readdirSync(out(name));
  };
  const nads = await run('estimate', model, '--networks', '2', '--workers', '1');
  expect(nads).toEqual(expect.arrayContaining(['nads.npz', 'gallery.png']));
  const analysis = await run('analyze', model, ...of, '--nads', out('estimate'));
  expect(analysis).toEqual(expect.arrayContaining(['analysis.json', 'gallery.png']));
  const margins = await run('margin', model, ...of, '--basis', 'dct', '--classes', '2');
  expect(margins).toContain('margins.csv');
  const flipped = await run('flip', ...of, '--basis', 'dct');
  expect(flipped).toEqual(expect.arrayContaining(['flipped.npz', 'flipped.png']));
});
