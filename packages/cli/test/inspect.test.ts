import { readFileSync, writeFileSync } from 'node:fs';
import { encodeNpy } from '@nads/dataset';
import { complaint, done, model, start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const manifest = JSON.parse(
  readFileSync(new URL('../../../models/manifest.json', import.meta.url), 'utf8'),
) as { models: { name: string; file?: string }[] };

test('LeNet is explained line by line', async () => {
  const { stdout, stderr } = await done('inspect', model('lenet'));
  expect(stderr).toBe('');
  for (const line of [
    /^producer +pytorch .*, IR 7, opset 13$/m,
    /^inputs +input float32 \[N, 1, 32, 32\]$/m,
    /^image +1×32×32 NCHW: axis 1 of the input is the channel axis of '\/conv1\/Conv' \(Conv\)$/m,
    /^batch +free/m,
    /^parameters +61,[0-9]{3} in 10 tensors: initializer 10$/m,
    /^layers +linear 3, conv 2$/m,
    /^head +averaged over exactly: '\/fc3\/Gemm' \(Gemm, 84 → 2\)$/m,
    /^transposition +holds: /m,
    /^channels +broken: there is one channel$/m,
    /^estimate +1024 directions \(pixels\), 2,048 images per network, 128 per run, about .*B$/m,
  ])
    expect(stdout).toMatch(line);
});

test('--json is JSON and nothing else, and says what estimate would do', async () => {
  const { stdout, stderr } = await done('inspect', model('vgg11bn-narrow'), '--json');
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({
    opset: 13,
    estimate: {
      possible: true,
      image: { layout: 'NCHW', channels: 3, height: 32, width: 32 },
      head_treatment: 'marginalised',
      channels_probed: 1,
      directions: 1024,
      images_per_network: 2048,
      shortage: null,
    },
  });
});

test.each(manifest.models.filter(({ file }) => file).map(({ name }) => name))(
  '%s comes with nads and can be estimated',
  async name => {
    const { stdout } = await done('inspect', model(name), '--json');
    expect(JSON.parse(stdout).estimate).toMatchObject({ possible: true, shortage: null });
  },
);

test('a size that is too large for its directions is said with what to do', async () => {
  const { stdout } = await done('inspect', model('resnet18-1x32x32'), '--size', '1024');
  expect(stdout).toMatch(
    /^estimate .*not possible: sums over 1048576 directions take .*; use fewer, as in --basis dct:16$/m,
  );
});

test('directions of a file are counted', async () => {
  const rows = folder.path('rows.npy');
  const data = new Float32Array(3 * 1024).map((_, i) => Math.sin(i * i));
  writeFileSync(rows, encodeNpy({ dtype: 'float32', shape: [3, 1024], data }));
  const { stdout } = await done('inspect', 'lenet', '--basis', rows);
  expect(stdout).toMatch(/^estimate +3 directions/m);
});

test.each([
  ['dct:0', /^--basis: '0' is not a positive integer/],
  ['nads:gone', /^gone: no such file or folder$/],
])('a basis %s is refused', async (basis, message) =>
  expect(await complaint('inspect', 'lenet', '--basis', basis)).toMatch(message),
);

test('a reader that closes the pipe early is no failure', async () => {
  const run = start(['inspect', model('densenet121-1x32x32'), '--json']);
  run.closeOutput();
  const { code, stderr } = await run.outcome;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
