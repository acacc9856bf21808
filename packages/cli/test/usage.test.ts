import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import {
  belowOne,
  count,
  counts,
  fraction,
  indices,
  nonNegative,
  positive,
  seed,
  size,
  threads,
} from '../src/commands/arguments.js';
import { nadsProgram } from '../src/program.js';
import { complaint, model, nads, start } from './run-nads.js';

test('nads alone prints its help', async () => {
  const { code, stdout, stderr } = await nads();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of ['inspect', 'estimate', 'probe', 'compare', 'models'])
    expect(stdout).toContain(`  ${command}`);
  expect(stdout).toContain('Examples:');
});

test('every command has help with examples', async () => {
  const helps = await Promise.all(
    ['inspect', 'estimate', 'probe', 'compare', 'models'].map(name => nads(name, '--help')),
  );
  for (const { code, stdout } of helps) {
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
  }
});

test('nads help COMMAND is its help, and -v the version', async () => {
  const [asked, said, version] = await Promise.all([
    nads('help', 'estimate'),
    nads('estimate', '--help'),
    nads('-v'),
  ]);
  expect(asked).toEqual(said);
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('outputs, networks and silence have one short and one long name in all commands', () => {
  const names = new Map(
    nadsProgram()
      .commands.flatMap(command => [command, ...command.commands])
      .flatMap(({ options }) => options)
      .filter(({ short }) => short)
      .map(({ short, long }) => [`${short} ${long}`, short]),
  );
  expect([...names.values()]).toHaveLength(new Set(names.values()).size);
  expect([...names.keys()]).toEqual(
    expect.arrayContaining(['-o --out', '-n --networks', '-q --quiet']),
  );
});

test.each([
  ['estimate', 60],
  ['estimate', 40],
  ['train', 40],
])('help of %s fits into %d columns, as COLUMNS says', async (command, columns) => {
  const { stdout } = await start([command, '--help'], { COLUMNS: `${columns}` }).outcome;
  const [, options] = stdout.split('\nOptions:\n');
  const lines = options.slice(0, options.indexOf('\n\n')).split('\n');
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
});

describe('wrong usage is one line and exit code 2', () => {
  test.each([
    [
      ['estimate', 'm.onnx', '--out', 'o', '--further', '-1'],
      /--further <n>' argument '-1' is invalid. Expected an integer of at least 0;/,
    ],
    [['zzz'], /^unknown command 'zzz'; see nads --help$/],
    [['estimate', 'm.onnx', '--out', 'o', '--netwoks', '3'], /^unknown option '--netwoks'/],
    [['estimate', 'm.onnx', '--ouput', 'o'], /^unknown option '--ouput'/],
    [['estimate', 'm.onnx'], /^required option '-o, --out <dir>' not specified; see nads estimate/],
    [['models', 'list', '--bogus'], /^unknown option '--bogus'; see nads models list --help$/],
    [['inspect'], /^missing required argument 'model'/],
    [
      ['inspect', ''],
      /^argument 'model' is empty, as where a variable .* not set; see nads inspect/,
    ],
    [['score', 'm.onnx', '', '--data', 'd'], /^argument 'model' is empty/],
    [['models', 'get', ''], /^argument 'name' is empty.*; see nads models get --help$/],
    [['estimate', 'm.onnx', '--out', ''], /^option '-o, --out <dir>' is empty/],
    [['synth', '--basis', '', '--index', '1', '-o', 'o'], /^option '--basis <spec>' is empty/],
    [['saliency', 'm.onnx', '--image', 'a.png', '', '-o', 'o'], /^option '--image <files...>' is/],
    [
      ['probe', 'm.onnx', '--points', 'x.npy', '--outputs', '5-1', '-o', 'p.npy'],
      /^option '--outputs <list>' argument '5-1' is invalid. Expected numbers counted from 0, as in 0,3;/,
    ],
    [['inspect', 'a', 'b'], /^too many arguments for 'inspect'/],
    [
      ['estimate', 'm.onnx', '--out', 'o', '--networks', '1.5'],
      /^option '-n, --networks <n>' argument '1.5' is invalid. Expected a positive integer;/,
    ],
    [
      ['estimate', 'm.onnx', '--out', 'o', '--layout', 'nchw'],
      /^option '--layout <order>' argument 'nchw' is invalid. Allowed choices are NCHW, NHWC;/,
    ],
    [
      ['estimate', 'm.onnx', '--out', 'o', '--point', 'p.npy', '--points', '2'],
      /^option '--point <file>' cannot be used with option '--points <n>'/,
    ],
  ])('%p', async (args, message) => {
    expect(await complaint(...args)).toMatch(message);
  });
});

describe('arguments', () => {
  test('are read', () => {
    expect(count('12')).toBe(12);
    expect(seed('0')).toBe(0);
    expect(positive('1e-3')).toBe(0.001);
    expect([belowOne('0'), belowOne('.9')]).toEqual([0, 0.9]);
    expect(fraction('0.95')).toBe(0.95);
    expect(size('224')).toEqual([224, 224]);
    expect(size('32x48')).toEqual([32, 48]);
    expect(counts('1,10,100')).toEqual([1, 10, 100]);
    expect(threads('2')).toBe(2);
  });

  test.each([
    ['a count', count, ['0', '-1', '1.5', 'x', '', 'Infinity', '1e20']],
    ['a seed', seed, ['-1', '0.5', '', 'x', '99999999999999999999']],
    ['a step', positive, ['0', '-1', 'NaN', 'Infinity', 'x', '']],
    ['a fraction', fraction, ['0', '1', '2', 'x']],
    ['a size', size, ['0', '8x', 'x8', '8x8x8', 'a', '99999', '8x99999', '']],
    ['dimensions', counts, ['0', '1,,2', 'a,b', '']],
    ['a number of threads', threads, ['0', '257', 'all']],
    ['indices', indices, ['5-1', '-1', '0,,1', '0.5', '']],
    ['a momentum', belowOne, ['-1', '1', '1.5', 'NaN', '']],
    ['a number from 0 on', nonNegative, ['-1', '', ' ', 'NaN']],
  ] as const)('that are not %s are refused', (_, read, texts) => {
    for (const text of texts) expect(() => read(text)).toThrow(InvalidArgumentError);
  });
});

describe('settings that do not fit the model', () => {
  const estimate = (...args: string[]): Promise<string> =>
    complaint('estimate', model('lenet'), '--networks', '1', '--out', 'never', ...args);

  test.each([
    [
      ['--basis', 'dct:33'],
      /--basis: dct:33 has more waves per side than images of 32×32 have pixels; give a smaller number$/,
    ],
    [
      ['--basis', 'blocks:5'],
      /--basis: blocks of 5×5 do not tile images of 32×32; give a divisor$/,
    ],
    [['--basis', 'dct:2:3'], /--basis: '2:3' is not a positive integer, as in dct:16/],
    [['--init', 'foo'], /--init: unknown scheme 'foo'; choose one of pytorch, /],
    [['--init', 'warp=pytorch'], /--init: unknown kind of layer 'warp'; choose one of conv, /],
    [['--layout', 'NHWC', '--size', '8'], /node '\/conv1\/Conv' \(Conv\)/],
    [['--size', '16'], /node '\/fc1\/Gemm' \(Gemm\): cannot multiply/],
    [['--batch', '100000000'], /use a smaller --size, --basis or --batch$/],
    [['--point', 'gone.npy'], /^gone.npy: no such file or folder$/],
    [['--basis', 'gone.npy'], /^gone.npy: no such file or folder$/],
  ])('%p', async (args, message) => {
    expect(await estimate(...args)).toMatch(message);
  });
});

/** Packages that a file of the bundle loads, and those that the files load which it loads. */
function packagesOf(file: URL, seen = new Set<string>()): Set<string> {
  const found = readFileSync(file, 'utf8').matchAll(/(?:^|[;}])import(?:[^";]*from)?"([^"]+)"/gm);
  for (const [, name] of found) {
    const isNew = !seen.has(name);
    seen.add(name);
    if (isNew && name.startsWith('./')) packagesOf(new URL(name, file), seen);
  }
  return seen;
}

test('help loads nothing that only commands need', () => {
  const found = packagesOf(new URL('../bundle/main.js', import.meta.url));
  const others = [...found].filter(name => !name.startsWith('./') && !name.startsWith('node:'));
  expect(others.toSorted()).toEqual(['module']);
});
