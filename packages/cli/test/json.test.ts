import { nadsProgram } from '../src/program.js';
import { done, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** What a command prints with --json: one object or array, and nothing else on stdout. */
const printed = async (...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await done(...args, '--json')).stdout);

/** Commands that print no result. */
const others = new Set(['completion', 'plot', 'view', 'worker']);

test('every command that computes has --json', () => {
  const commands = nadsProgram().commands.filter(command => !others.has(command.name()));
  const lacking = commands.filter(command =>
    [command, ...command.commands].every(
      ({ options }) => !options.some(({ long }) => long === '--json'),
    ),
  );
  expect(lacking.map(command => command.name())).toEqual([]);
});

test('estimate prints what is in nads.json, and lines without it', async () => {
  const args = ['estimate', model('lenet'), '--networks', '4', '--seed', '1', '--quiet'];
  const found = await printed(...args, '--out', folder.path('a'));
  expect(found).toMatchObject({ networks: 4, settings: { seed: 1 } });
  const { stdout, stderr } = await done(...args, '--out', folder.path('b'));
  expect(stderr).toBe('');
  expect(stdout).toMatch(
    /^eigenvalues  \d.\d\de-\d ± .*\nNADs +\d+ of 1024 above the noise floor of .*\noverlap +of the first 10 in two halves of the networks 0\.\d{3}, predicted with the true subspace 0\.\d{3}\n$/,
  );
});

test('sets, their changes and decompositions', async () => {
  const set = folder.path('set.npz');
  const along = ['--basis', 'fourier:4', '--index', '1:2', '--size', '8', '--count', '32'];
  expect(await printed('synth', ...along, '-o', set)).toMatchObject({
    images: 32,
    shape: { channels: 1, height: 8, width: 8 },
    out: set,
  });
  const data = ['--data', set, '--range', 'stored', '--basis', 'dct:2'];
  const { share } = await printed('decompose', ...data, '--out', folder.path('d'));
  expect(share).toHaveLength(4);
  expect(await printed('flip', ...data, '--out', folder.path('f'))).toMatchObject({
    order: 'reverse',
  });
  expect(
    await printed('poison', ...data, '--index', '0', '--out', folder.path('p')),
  ).toHaveProperty('change.norm');
});

test('derivatives', async () => {
  const out = folder.path('gradient.onnx');
  expect(await printed('gradient', model('lenet'), '-o', out)).toMatchObject({
    out,
    seeds: ['seed/logits'],
  });
});
