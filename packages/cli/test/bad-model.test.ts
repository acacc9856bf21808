import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {
  attributes,
  floats,
  integers,
  node,
  writeModel,
  writeModelWithExternal,
  type Attribute,
  type Graph,
  type Model,
  type Node,
} from '@nads/onnx';
import { estimateIn } from '../src/estimate/estimate-in.js';
import { loadModel } from '@nads/study/node';
import { convolution, modelOf, network, rest, value, weights } from './make-model.js';
import { noWorkers } from './no-workers.js';
import { complaint, done, model, nads, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A path in the folder of models. */
const at = (name: string): string => folder.path('models', name);
beforeAll(() => mkdirSync(folder.path('models')));

const out = folder.path('out');

const options = { out, networks: 1, points: 1, top: 10, maxNetworks: 1, quiet: true };

/** What estimate says of a file; it must leave nothing behind. */
async function refusal(bytes: Uint8Array | string, name = 'm.onnx'): Promise<string> {
  writeFileSync(at(name), bytes);
  return refusalOf(at(name));
}

async function refusalOf(file: string): Promise<string> {
  const line = await estimateIn(noWorkers, file, options).then(() => 'no complaint', messageOf);
  expect(existsSync(out)).toBe(false);
  expect(line.startsWith(`${file}: `)).toBe(true);
  expect(line.trimEnd()).not.toContain('\n');
  return line.slice(file.length + 2);
}

const messageOf = ({ message }: Error): string => message;

const middle = (operator: string, inputs: string[], name: string, domain = '') =>
  node(operator, inputs, ['middle'], new Map(), { name, domain });

function branch(name: string): Attribute {
  const value: Graph = {
    name,
    nodes: [node('Relu', ['conv'], [name])],
    inputs: [],
    outputs: [{ name, type: 'float32' }],
    initializers: new Map(),
    valueInfo: [],
  };
  return { type: 'graph', value };
}

test('the small network that the others are made from is fine', async () => {
  writeFileSync(at('fine.onnx'), writeModel(network()));
  await done('estimate', at('fine.onnx'), '--networks', '1', '--out', at('fine'));
});

describe('what is no ONNX file', () => {
  test.each([
    ['text', 'hello\n'.repeat(99), /^not an ONNX model, or truncated \(594 bytes\)/],
    ['nothing', '', /^not an ONNX model/],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /^not an ONNX model/],
  ])('%s', async (_, bytes, message) => {
    expect(await refusal(bytes)).toMatch(message);
  });

  test('a folder', async () => {
    mkdirSync(at('dir.onnx'));
    expect(await refusalOf(at('dir.onnx'))).toBe('this is a folder; give a file');
  });

  test('a file that is not there', async () => {
    expect(await refusalOf(at('gone.onnx'))).toBe('no such file or folder');
  });

  test('a model cut short', async () => {
    const whole = readFileSync(model('lenet'));
    expect(await refusal(whole.subarray(0, whole.length - 1))).toMatch(
      /truncated \(245731 bytes\)/,
    );
  });

  test('a model cut short anywhere is refused, naming the file', () => {
    const whole = readFileSync(model('logistic-regression'));
    const file = at('cut.onnx');
    for (let length = 0; length < whole.length - 20; length++) {
      writeFileSync(file, whole.subarray(0, length));
      expect(() => loadModel(file)).toThrow(`${file}: `);
    }
  });
});

describe('operators that cannot be run or drawn', () => {
  const cases: [string, Model, string][] = [
    [
      'of somebody else',
      network([middle('Warp', ['conv'], 'warp_3', 'com.acme')], {
        opsets: [
          ['', 13],
          ['com.acme', 1],
        ],
      }),
      "node 'warp_3' (Warp): no runtime knows the operators of 'com.acme'; export the model with those of ONNX",
    ],
    [
      'that do not exist',
      network([middle('Blur', ['conv'], 'blur_3')]),
      "node 'blur_3' (Blur): onnxruntime has no such operator in opset 13; export the model with operators of ONNX",
    ],
    [
      'of quantised models',
      network(
        [
          node('QuantizeLinear', ['conv', 's'], ['q'], new Map(), { name: 'quantise' }),
          middle('DequantizeLinear', ['q', 's'], 'dequantise'),
        ],
        { initializers: { s: floats([], [0.1]) } },
      ),
      "node 'quantise' (QuantizeLinear): quantised models are not supported; export the float32 model",
    ],
    [
      'of control flow',
      network(
        [
          node('ReduceSum', ['conv'], ['sum'], attributes({ keepdims: 0 })),
          node('Greater', ['sum', 'zero'], ['condition']),
          node(
            'If',
            ['condition'],
            ['middle'],
            new Map([
              ['then_branch', branch('a')],
              ['else_branch', branch('b')],
            ]),
            { name: 'if_1' },
          ),
        ],
        { initializers: { zero: floats([], [0]) } },
      ),
      "node 'if_1' (If): control flow is not supported; export the model with fixed shapes",
    ],
    [
      'that compute values out of all proportion',
      network(
        [
          node('Tile', ['conv', 'times'], ['tiled'], new Map(), { name: 'tile_1' }),
          node(
            'MaxPool',
            ['tiled'],
            ['middle'],
            attributes({ kernel_shape: [1000, 1000], strides: [1000, 1000] }),
          ),
        ],
        { initializers: { times: integers([1, 1, 1000, 1000]) } },
      ),
      "node 'tile_1' (Tile) computes [2, 3, 8000, 8000], 384,000,000 values from 128 of images; at most 1,280,000 are run, so export a smaller model",
    ],
    [
      'that read what is not there yet',
      modelOf([convolution('later'), node('Relu', ['conv'], ['later']), ...rest('later')]),
      "node 'conv' (Conv) reads 'later' before it is computed",
    ],
    [
      'whose shapes do not fit',
      network([], { initializers: { matrix: weights(2, 190) } }),
      "node 'y' (Gemm): cannot multiply [1, 192] by [190, 2]",
    ],
  ];
  test.each(cases)('%s', async (_, bad, message) => {
    expect(await refusal(writeModel(bad))).toBe(message);
  });
});

describe('inputs and outputs that are no images and no numbers', () => {
  const cases: [string, Model, string][] = [
    [
      'two axes',
      modelOf([node('Gemm', ['x', 'matrix', 'bias'], ['y'], attributes({ transB: 1 }))], {
        inputs: [value('x', ['N', 192])],
      }),
      "no image input: 'x' has dims [N, 192], images have four axes (N, C, H, W)",
    ],
    [
      'several inputs',
      network([node('Add', ['conv', 'mask'], ['middle'])], {
        inputs: [value('x', ['N', 1, 8, 8]), value('mask', ['N', 3, 8, 8])],
      }),
      "expected one input, found 2 ('x', 'mask'); cut the model to one image input",
    ],
    [
      'no input',
      modelOf([convolution('constant'), ...rest()], {
        inputs: [],
        initializers: { constant: weights(1, 1, 8, 8) },
      }),
      'expected one input, found none; cut the model to one image input',
    ],
    [
      'integer input',
      modelOf([node('Cast', ['x'], ['xf'], attributes({ to: 1 })), convolution('xf'), ...rest()], {
        inputs: [value('x', ['N', 1, 8, 8], 'uint8')],
      }),
      "input 'x' takes uint8, not floating-point images; export the model without its integer preprocessing",
    ],
    [
      'integer output',
      modelOf([convolution(), ...rest(), node('ArgMax', ['y'], ['z'], attributes({ axis: 1 }))], {
        outputs: [value('z', ['N', 1], 'int64')],
      }),
      "no floating-point output: 'z' is int64; cut the model before it",
    ],
    ['no output', network([], { outputs: [] }), 'the graph has no output; export the model again'],
    [
      'free size',
      network([], { inputs: [value('x', ['N', 1, 'H', 'W'])] }),
      "`size`: input 'x' [N, 1, H, W] leaves the image size free; give one, as in `size` 224",
    ],
    [
      'no weights',
      modelOf([node('Flatten', ['x'], ['y'])]),
      'no layer with weights was found, so there is nothing to draw',
    ],
  ];
  test.each(cases)('%s', async (_, bad, message) => {
    expect(await refusal(writeModel(bad))).toBe(message);
  });

  test('an integer output beside a floating one is left aside', async () => {
    const nodes = [convolution(), ...rest(), node('ArgMax', ['y'], ['z'], attributes({ axis: 1 }))];
    const outputs = [value('z', ['N', 1], 'int64'), value('y', ['N', 2])];
    writeFileSync(at('two.onnx'), writeModel(modelOf(nodes, { outputs })));
    const { stdout } = await done('inspect', at('two.onnx'));
    expect(stdout).toContain("averaged over exactly: 'y' (Gemm, 192 → 2)");
  });
});

describe('numbers that are not finite', () => {
  test('name the node that they come from', async () => {
    const log = network([middle('Log', ['conv'], 'log_1')]);
    expect(await refusal(writeModel(log))).toBe(
      "node 'log_1' (Log) gives NaN on noise, with fresh weights; try another `init`",
    );
  });

  test('from a constant that overflows', async () => {
    const nodes = [
      node('Mul', ['conv', 'big'], ['product'], new Map(), { name: 'mul_1' }),
      middle('Mul', ['product', 'big'], 'mul_2'),
    ];
    const overflow = network(nodes, { initializers: { big: floats([], [1e30]) } });
    expect(await refusal(writeModel(overflow))).toBe(
      "node 'mul_2' (Mul) gives -Infinity on noise, with fresh weights; try another `init`",
    );
  });

  test('only at the step of the probe', async () => {
    const nodes = [
      node('Sub', ['ten', 'x'], ['room'], new Map(), { name: 'sub_1' }),
      node('Sqrt', ['room'], ['root'], new Map(), { name: 'sqrt_1' }),
      convolution('root'),
      ...rest(),
    ];
    const root = modelOf(nodes, { initializers: { ten: floats([], [10]) } });
    expect(await refusal(writeModel(root))).toBe(
      "node 'sqrt_1' (Sqrt) gives NaN for a probe of step 100; try a smaller `step` or another `init`",
    );
  });
});

describe('external data', () => {
  const external = (location: string): Promise<string> =>
    refusal(writeModelWithExternal(network(), new Map([['kernel', location]])));
  beforeAll(() => writeFileSync(folder.path('secret.bin'), new Uint8Array(108)));

  test('beside the model is read', async () => {
    writeFileSync(at('kernel.bin'), new Uint8Array(108));
    const bytes = writeModelWithExternal(network(), new Map([['kernel', 'kernel.bin']]));
    writeFileSync(at('external.onnx'), bytes);
    await done('inspect', at('external.onnx'));
  });

  test('that is missing', async () => {
    expect(await external('gone.bin')).toMatch(/external data 'gone.bin': no such file or folder$/);
  });

  test('in the folder above is refused', async () => {
    expect(await external('../secret.bin')).toMatch(
      /external data '..\/secret.bin' lies outside the model's folder; refused/,
    );
  });

  test('at an absolute path is refused', async () => {
    expect(await external('/etc/hostname')).toMatch(/lies outside the model's folder; refused/);
  });

  test('behind a link that leads outside is refused', async () => {
    symlinkSync(folder.path('secret.bin'), at('link.bin'));
    expect(await external('link.bin')).toMatch(/links outside the model's folder; refused/);
  });

  test('that is too short', async () => {
    writeFileSync(at('short.bin'), new Uint8Array(20));
    expect(await external('short.bin')).toMatch(
      /tensor 'kernel'.*108.*20|tensor 'kernel'.*20.*108/,
    );
  });

  test('whose name holds a NUL is refused', async () => {
    expect(await external('k\0.bin')).toMatch(/is not the name of a file/);
  });

  test('that many tensors share is refused before it fills all memory', async () => {
    const large = { type: 'float32' as const, dims: [1e7], data: new Float32Array(1e7) };
    const names = Array.from({ length: 40 }, (_, i) => `large${i}`);
    const initializers = Object.fromEntries(names.map(name => [name, large]));
    writeFileSync(at('large.bin'), '');
    truncateSync(at('large.bin'), 4e7);
    const amplified = writeModelWithExternal(
      network([], { initializers }),
      new Map(names.map(name => [name, 'large.bin'])),
    );
    expect(await refusal(amplified)).toMatch(
      /external data 'large.bin': tensors share 120000000 bytes of the first 40000000; refused/,
    );
  });
});

test('an image of 10,000 × 10,000 is refused before any is drawn', async () => {
  const [{ name, type }] = network().graph.inputs;
  const huge = network([], { inputs: [{ name, type, dims: ['N', 3, 10_000, 10_000] }] });
  expect(await refusal(writeModel(huge))).toMatch(/an image of 3×10000×10000 has more than/);
});

test('a pipe is refused, not waited for', async () => {
  execFileSync('mkfifo', [at('pipe.onnx')]);
  expect(await refusalOf(at('pipe.onnx'))).toMatch(/^this is a device or pipe, not a file/);
});

test('names that would clear the screen or forge a line are shown escaped', async () => {
  const [input] = network().graph.inputs;
  const { dims, type } = input;
  const name = 'x\u001b[2J\nnads: all good';
  const forged = network([], { inputs: [input, { name, type, dims }] });
  writeFileSync(at('forged.onnx'), writeModel(forged));
  const { stdout } = await nads('inspect', at('forged.onnx'));
  expect(stdout).toContain('x\\u001b[2J\\nnads: all good');
  expect(stdout).not.toContain('\u001b');
});

test.each([
  ['a file that is no model', 'not a model', /m.onnx: not an ONNX model/],
  [
    'an operator that the runtime does not know',
    writeModel(network([middle('Blur', ['conv'], 'blur_3')])),
    /m.onnx: node 'blur_3' \(Blur\): onnxruntime has no such operator/,
  ],
  [
    'numbers that are not finite',
    writeModel(network([middle('Log', ['conv'], 'log_1')])),
    /m.onnx: node 'log_1' \(Log\) gives NaN/,
  ],
])('%s is one line on stderr and exit code 2, and writes nothing', async (_, bytes, message) => {
  const file = at('m.onnx');
  writeFileSync(file, bytes);
  expect(await complaint('estimate', file, '--networks', '1', '--out', out)).toMatch(message);
  expect(existsSync(out)).toBe(false);
});

test('inspect says why estimate would refuse, and still describes the file', async () => {
  writeFileSync(at('free.onnx'), writeModel(network([], { outputs: [] })));
  const { code, stdout } = await nads('inspect', at('free.onnx'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/operators +Conv 1, Flatten 1/);
  expect(stdout).toMatch(/estimate +not possible: the graph has no output/);
});

test('a network whose outputs never change has no directions: exit code 1, with what to try', async () => {
  const [least, most] = [0, 0].map(x => floats([], Float32Array.of(x)));
  const dead = network([node('Clip', ['conv', 'least', 'most'], ['cut'])], {
    initializers: { least, most },
  });
  writeFileSync(at('dead.onnx'), writeModel(dead));
  const { code, stderr } = await nads('estimate', at('dead.onnx'), '--out', out, '--quiet');
  expect(code).toBe(1);
  expect(stderr).toBe(
    `nads: ${at('dead.onnx')}: the outputs of 16 network(s) with fresh weights changed along no direction, so there is none that they prefer; try another seed, other points with --point, a larger --step, or another --init with a larger gain, as in he-fan-in\n`,
  );
  expect(existsSync(`${out}/nads.npz`)).toBe(false);
});

test('an output that the runtime cannot hand on ends in one line, however many networks were under way', async () => {
  const { graph, ...others } = network();
  const called = {
    ...graph,
    nodes: graph.nodes.map(one => renamed(one, 'y', '__proto__')),
    outputs: [value('__proto__', ['N', 2])],
  };
  writeFileSync(at('proto.onnx'), writeModel({ ...others, graph: called }));
  const said = await complaint(
    'prune',
    at('proto.onnx'),
    '--remove',
    '34%',
    '-o',
    at('small.onnx'),
  );
  expect(said).toBe(
    `${at('proto.onnx')}: an output is called '__proto__', which onnxruntime cannot hand on; give it another name`,
  );
});

const renamed = (one: Node, from: string, to: string): Node => ({
  ...one,
  outputs: one.outputs.map(name => (name === from ? to : name)),
});
