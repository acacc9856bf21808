import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz, encodeNpy, type NdArray } from '@nads/dataset';
import { matrix, multiplyTransposed } from '@nads/linalg';
import { writeModel } from '@nads/onnx';
import { expectClose } from '@nads/testing';
import { estimateIn } from '../src/estimate/estimate-in.js';
import { writeWhole } from '@nads/study/node';
import { network, value } from './make-model.js';
import { noWorkers } from './no-workers.js';
import { complaint, done, model, nads, start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const results = ['gallery.png', 'gallery.svg', 'nads.json', 'nads.npz', 'spectrum.svg'];
const small = folder.path('small.onnx');
writeFileSync(small, writeModel(network()));

const lenet = (out: string, ...args: string[]) =>
  done(
    'estimate',
    model('lenet'),
    '--seed',
    '1',
    '--out',
    folder.path(out),
    '--workers',
    '1',
    ...args,
  );
const tiny = (out: string, ...args: string[]) =>
  done('estimate', small, '--out', folder.path(out), '--workers', '1', ...args);

const file = (out: string, name: string): Buffer => readFileSync(folder.path(out, name));
const arraysOf = (out: string): Map<string, NdArray> => decodeNpz(file(out, 'nads.npz'));
const summaryOf = (out: string) => JSON.parse(file(out, 'nads.json').toString());
const numbers = (array?: NdArray): number[] => Array.from(array!.data as Float64Array);

function expectSameBytes(a: string, b: string, names = [...results, 'tally.npz']): void {
  for (const name of names) expect(file(a, name).equals(file(b, name))).toBe(true);
}

const everyByte = (out: string): string[] =>
  readdirSync(folder.path(out))
    .filter(name => name !== 'nads.lock')
    .map(name => file(out, name).toString('base64'));

let arrays = 0;
/** An array in a new file. */
function npy(shape: readonly number[], data: Float32Array): string {
  const path = folder.path(`array-${arrays++}.npy`);
  writeFileSync(path, encodeNpy({ dtype: 'float32', shape, data }));
  return path;
}

const defaults = { networks: 9, points: 1, top: 10, maxNetworks: 1000, quiet: true };
const fresh = { ...defaults, out: folder.path('never') };

describe('an estimate of LeNet', () => {
  let said: { stdout: string; stderr: string };
  beforeAll(async () => {
    said = await lenet('four', '--networks', '4', '--workers', '2');
  });

  test('writes arrays, settings, pictures, and what --resume goes on from', () => {
    expect(readdirSync(folder.path('four'))).toEqual(
      [...results, 'run.json', 'tally.npz'].toSorted(),
    );
    expect(file('four', 'gallery.png').subarray(1, 4).toString()).toBe('PNG');
    expect(file('four', 'spectrum.svg').toString()).toMatch(/^<svg[^]*<\/svg>\s*$/);
  });

  test('says on stderr what it will do and cost, and on stdout what came of it', () => {
    expect(said.stdout).toMatch(/^eigenvalues  .*\nNADs .*\noverlap .*\n$/);
    expect(said.stderr).toMatch(/^images +1×32×32 NCHW \(.*Conv/m);
    expect(said.stderr).toMatch(/^head +averaged over exactly: '\/fc3\/Gemm' \(Gemm, 84 → 2\)$/m);
    expect(said.stderr).toMatch(
      /^cost +2048 images of 416 kMAC per network: about .* for 4 with 2/m,
    );
    expect(said.stderr).toMatch(
      /^symmetries  group of 8\n {12}no channels: there is one channel$/m,
    );
    expect(said.stderr).toMatch(/4 network\(s\) in .*, written to /);
  });

  test('has arrays of the promised shapes and types', () => {
    const arrays = arraysOf('four');
    const shapes = [...arrays].map(([name, { dtype, shape }]) => [name, dtype, shape]);
    expect(shapes).toEqual([
      ['nads', 'float32', [1024, 1024]],
      ['eigenvalues', 'float64', [1024]],
      ['standard_errors', 'float64', [1024]],
      ['point', 'float32', [1, 32, 32]],
    ]);
  });

  test('has orthonormal rows, eigenvalues that fall, and standard errors', () => {
    const arrays = arraysOf('four');
    const nads = matrix(
      200,
      1024,
      Float64Array.from(numbers(arrays.get('nads')).slice(0, 200 * 1024)),
    );
    const identity = Array.from({ length: 200 ** 2 }, (_, i) => Number(i % 201 === 0));
    expectClose(multiplyTransposed(nads, nads).data, identity, { rtol: 0, atol: 1e-5 });
    const eigenvalues = numbers(arrays.get('eigenvalues'));
    expect(eigenvalues.every((value, i) => i === 0 || value <= eigenvalues[i - 1])).toBe(true);
    expect(eigenvalues[1023]).toBeGreaterThan(-1e-12);
    expect(
      numbers(arrays.get('standard_errors'))
        .slice(0, 100)
        .every(e => e > 0),
    ).toBe(true);
  });

  test('has a point drawn from N(0, I)', () => {
    const point = numbers(arraysOf('four').get('point'));
    const mean = point.reduce((a, b) => a + b, 0) / point.length;
    const variance = point.reduce((sum, x) => sum + x * x, 0) / point.length;
    expectClose([mean, variance], [0, 1], { atol: 0.15, rtol: 0 });
  });

  test('says in nads.json what it is of, how it was made, and how sure it is', () => {
    const summary = summaryOf('four');
    expect(summary).toMatchObject({
      model: {
        sha256: 'fc8c5da1dcf15d34f1d4010d417df9dfb9d888c0c102ba394db076f4c87af9b6',
        producer: 'pytorch',
        opset: 13,
      },
      networks: 4,
      settings: { seed: 1, step: 100, head: 'marginalised', symmetry: 'auto', basis: 'pixels' },
      image: { channels: 1, height: 32, width: 32, layout: 'NCHW' },
      directions: { saved: 1024, dimension: 1024, probed: 1024 },
      symmetry: { order: 8 },
    });
    const { half_split_overlap, predicted_overlap } = summary.stability;
    expect(Object.keys(half_split_overlap)).toEqual(['1', '3', '10', '30', '50', '100']);
    expect(half_split_overlap[10]).toBeGreaterThan(0.5);
    expect(predicted_overlap[10]).toBeGreaterThan(half_split_overlap[10]);
    expect(summary.noise_floor.index).toBeGreaterThan(0);
    expect(summary.noise_floor.index).toBeLessThan(1024);
  });

  test.each(['1', '3'])('is the same to the byte with %s worker(s) as with two', async workers => {
    await lenet(`workers-${workers}`, '--networks', '4', '--workers', workers);
    expectSameBytes('four', `workers-${workers}`);
  });

  test('goes on with --resume as if it had never stopped', async () => {
    await tiny('eight', '--networks', '8');
    await tiny('resumed', '--networks', '4');
    await tiny('resumed', '--networks', '8', '--resume', '--workers', '2');
    expectSameBytes('eight', 'resumed');
  });

  test('refuses to go on from another model, and overwrites nothing', async () => {
    const before = everyByte('four');
    const resume = ['--networks', '9', '--resume', '--out', folder.path('four')];
    const line = await complaint('estimate', small, '--seed', '1', ...resume);
    expect(line).toMatch(/^--resume: .*tally.npz belongs to another model; give the same settings/);
    expect(everyByte('four')).toEqual(before);
  });

  test.each([
    [
      { seed: 2 },
      /another seed \(1, now 2\); give the same settings, another `out`, or `force` to begin again$/,
    ],
    [{ step: 50 }, /another step \(100, now 50\)/],
    [{ init: 'glorot' }, /another init; give the same settings/],
    [{ basis: 'dct:8' }, /another basis \(pixels, now dct:8\)/],
    [{ symmetry: 'none' }, /another symmetry/],
    [{ head: 'sampled' }, /another head/],
    [{ points: 2 }, /another point/],
  ] as const)('refuses to go on with %p', async (setting, message) => {
    const before = everyByte('four');
    const options = { ...defaults, seed: 1, out: folder.path('four'), resume: true, ...setting };
    await expect(estimateIn(noWorkers, model('lenet'), options)).rejects.toThrow(message);
    expect(everyByte('four')).toEqual(before);
  });

  test('refuses to go on from damaged sums, and overwrites nothing', async () => {
    const whole = file('four', 'tally.npz');
    const flipped = Uint8Array.from(whole);
    flipped[whole.length >> 1] ^= 1;
    const alien = file('four', 'nads.npz');
    const options = { ...defaults, seed: 1, out: folder.path('damaged'), resume: true };
    for (const bytes of [new Uint8Array(0), whole.subarray(0, 5000), flipped, alien]) {
      writeWhole(folder.path('damaged', 'tally.npz'), bytes);
      await expect(estimateIn(noWorkers, model('lenet'), options)).rejects.toThrow(
        /^`resume`: .*tally.npz is damaged \(.*\); remove it and start again$/,
      );
      expect(file('damaged', 'tally.npz').equals(bytes)).toBe(true);
    }
  });
});

describe('--until', () => {
  test('stops by itself, at the same network with any number of workers', async () => {
    const until = ['--basis', 'blocks:4', '--until', '0.8', '--top', '3'];
    await lenet('until', ...until, '--workers', '1');
    await lenet('until-3', ...until, '--workers', '3');
    expectSameBytes('until', 'until-3');
    const { networks, settings, stability } = summaryOf('until');
    expect(settings).toMatchObject({ until: 0.8, top: 3 });
    expect(networks).toBeGreaterThanOrEqual(4);
    expect(networks).toBeLessThan(50);
    expect(stability.half_split_overlap[3]).toBeGreaterThanOrEqual(0.8);
  });

  test('gives up at --max-networks', async () => {
    const never = ['estimate', small, '--out', folder.path('until-never'), '--workers', '1'];
    const { code, stderr } = await nads(...never, '--until', '0.999999', '--max-networks', '5');
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /nads: not converged: the half-split overlap at k = 10 is 0\.\d+ after 5 network\(s\), 0.999999 was asked for; go on with a larger --max-networks and --resume\n$/,
    );
    const { networks, converged, goal } = summaryOf('until-never');
    expect([networks, converged, goal.top, goal.asked]).toEqual([5, false, 10, 0.999999]);
    expect(goal.reached).toBeLessThan(0.999999);
  });

  test('reached is said in nads.json', () => {
    const { converged, goal } = summaryOf('until');
    expect(converged).toBe(true);
    expect(goal.reached).toBeGreaterThanOrEqual(goal.asked);
  });

  test('and a number of networks contradict each other', async () => {
    const out = folder.path('contradiction');
    expect(
      await complaint('estimate', small, '--networks', '4', '--until', '0.9', '--out', out),
    ).toBe(
      `--until: --networks draws so many whatever their stability; give one of them, or --max-networks as a limit`,
    );
  });
});

describe('what a user may choose', () => {
  test('not more directions than there are', async () => {
    const out = folder.path('too-many');
    expect(
      await complaint('estimate', small, '--networks', '1', '--save', '99999', '--out', out),
    ).toMatch(/--save: 99999 is too large: there are 64 directions$/);
    expect(existsSync(folder.path('too-many', 'nads.npz'))).toBe(false);
  });

  test('several points, which are written, and how many directions to save', async () => {
    await tiny('points', '--points', '2', '--save', '5', '--networks', '2');
    const arrays = arraysOf('points');
    expect(arrays.get('point')!.shape).toEqual([2, 1, 8, 8]);
    expect(arrays.get('nads')!.shape).toEqual([5, 64]);
    const { settings, directions } = summaryOf('points');
    expect(settings.points).toBe(2);
    expect(directions).toEqual({ saved: 5, dimension: 64, probed: 64 });
  });

  test('a point and a basis of their own, whose span the directions lie in', async () => {
    const point = Float32Array.from({ length: 64 }, (_, i) => i / 64);
    const rows = new Float32Array(3 * 64);
    for (const i of [0, 1, 2]) rows[i * 64 + 9 * i] = 2;
    const given = ['--point', npy([1, 8, 8], point), '--basis', npy([3, 64], rows)];
    await tiny('own', ...given, '--networks', '2');
    const arrays = arraysOf('own');
    expect(numbers(arrays.get('point'))).toEqual(Array.from(point));
    const nads = numbers(arrays.get('nads'));
    expect(nads).toHaveLength(3 * 64);
    expect(nads.every((x, i) => x === 0 || [0, 9, 18].includes(i % 64))).toBe(true);
  });

  test('to leave symmetries alone, which leaves eigenvalues untied', async () => {
    const blocks = ['--basis', 'blocks:4', '--networks', '2'];
    await lenet('plain', ...blocks, '--symmetry', 'none');
    await lenet('symmetric', ...blocks);
    expect(summaryOf('plain').symmetry).toMatchObject({
      order: 1,
      group: { transposition: false },
    });
    const pairs = (out: string): number => {
      const eigenvalues = numbers(arraysOf(out).get('eigenvalues')).slice(0, 64);
      return eigenvalues.filter((x, i) => i > 0 && x === eigenvalues[i - 1]).length;
    };
    expect(pairs('plain')).toBe(0);
    expect(pairs('symmetric')).toBe(16);
  });

  test.each([
    ['of other dims', [8, 8], 1, /dims \[8,8\], the model takes images \[n, 1, 8, 8\]$/],
    ['of no image', [0, 1, 8, 8], 1, /dims \[0,1,8,8\] hold no image$/],
    ['that are not finite', [1, 8, 8], NaN, /contains non-finite values$/],
  ] as const)('points %s are refused', async (_, shape, fill, message) => {
    const size = shape.reduce<number>((a, b) => a * b, 1);
    const point = npy(shape, new Float32Array(size).fill(fill));
    await expect(estimateIn(noWorkers, small, { ...fresh, point })).rejects.toThrow(message);
  });

  test('points that are Python objects are refused', async () => {
    const header = "{'descr': '|O', 'fortran_order': False, 'shape': (1, 8, 8), }".padEnd(117);
    const point = folder.path('object.npy');
    writeFileSync(point, Buffer.from(`\x93NUMPY\x01\x00\x76\x00${header}\npickle`, 'latin1'));
    await expect(estimateIn(noWorkers, small, { ...fresh, point })).rejects.toThrow(
      /^.*object.npy: an array of Python objects/,
    );
  });

  test.each([
    ['of other images', [2, 60], /has directions of 60 numbers, images of 1×8×8 have 64/],
    ['of no direction', [0, 64], /has no rows$/],
    ['of one axis', [64], /dims \[64\], expected rows of directions \[k, D\]$/],
    [
      'that depend on each other',
      [2, 64],
      /row 1 is linearly dependent on earlier rows; a basis has independent rows$/,
    ],
  ] as const)('rows of a basis %s are refused', async (_, shape, message) => {
    const size = shape.reduce<number>((a, b) => a * b, 1);
    const basis = npy(shape, new Float32Array(size).fill(1));
    await expect(estimateIn(noWorkers, small, { ...fresh, basis })).rejects.toThrow(message);
  });

  test('more directions than this machine can hold are refused before any work', async () => {
    const { graph, ...rest } = network();
    const large = writeModel({
      ...rest,
      graph: {
        ...graph,
        inputs: [value('x', ['N', 1, 512, 512])],
        nodes: graph.nodes.slice(0, 2),
        outputs: [value('relu', ['N', 3, 512, 512])],
      },
    });
    writeFileSync(folder.path('large.onnx'), large);
    const options = { ...fresh, symmetry: 'none' } as const;
    await expect(estimateIn(noWorkers, folder.path('large.onnx'), options)).rejects.toThrow(
      /sums over 262144 directions take .*B, more than one file can hold; use fewer, as in `basis` dct:16$/,
    );
  });
});

describe('an interruption', () => {
  test('writes what there is, says so, and --resume goes on as if it had not happened', async () => {
    const out = folder.path('stopped');
    const run = start(['estimate', small, '--networks', '100000', '--out', out]);
    await run.said('memory');
    await new Promise(resolve => setTimeout(resolve, 1500));
    run.kill('SIGINT');
    const { code, stderr } = await run.outcome;
    expect(code).toBe(130);
    const networks = Number(/interrupted after (\d+) network/.exec(stderr)![1]);
    expect(stderr).toMatch(/continue with the same command and --resume/);
    expect(summaryOf('stopped').networks).toBe(networks);
    const more = String(networks + 3);
    await tiny('stopped', '--networks', more, '--resume', '--workers', '2');
    await tiny('straight', '--networks', more);
    expectSameBytes('stopped', 'straight');
  });

  test('before the first network writes nothing', async () => {
    const out = folder.path('early');
    const run = start(['estimate', model('resnet18-1x32x32'), '--networks', '9', '--out', out]);
    await run.said('memory');
    run.kill('SIGTERM');
    const { code, stderr } = await run.outcome;
    expect(code).toBe(143);
    expect(stderr).toMatch(/interrupted before the first network was done; nothing was written/);
    expect(existsSync(out)).toBe(false);
  });

  test('that nobody can catch leaves the last results whole', async () => {
    const out = folder.path('killed');
    await tiny('killed', '--networks', '2');
    const before = everyByte('killed');
    const run = start(['estimate', small, '--networks', '100000', '--resume', '--out', out]);
    await run.said('memory');
    run.kill('SIGKILL');
    await run.outcome;
    expect(everyByte('killed')).toEqual(before);
  });
});
