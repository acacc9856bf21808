import { assert, integer, property, record, type Arbitrary } from 'fast-check';
import { attributes as attributesOf, type AttributeLike } from '../../src/attribute.js';
import { node } from '../../src/graph.js';
import { windowOf, windowPositions } from '../../src/shapes/window.js';
import { expectAgreement, inferOne, sample, whole, type Case } from './one-node.js';

describe('window positions', () => {
  const window = record({
    size: integer({ min: 1, max: 20 }),
    kernel: integer({ min: 1, max: 5 }),
    stride: integer({ min: 1, max: 4 }),
    dilation: integer({ min: 1, max: 3 }),
    begin: integer({ min: 0, max: 3 }),
    end: integer({ min: 0, max: 3 }),
  });
  type Slide = typeof window extends Arbitrary<infer T> ? T : never;

  const positions = (slide: Slide, extra: Record<string, AttributeLike> = {}): number => {
    const { stride, dilation, begin, end } = slide;
    const values = { strides: [stride], dilations: [dilation], pads: [begin, end], ...extra };
    const pool = node('MaxPool', ['x'], ['y'], attributesOf(values));
    return windowPositions(windowOf(pool, [slide.kernel], [slide.size]), [slide.size])[0];
  };
  const fits = ({ size, kernel, dilation, begin, end }: Slide): boolean =>
    dilation * (kernel - 1) < size + begin + end;

  test('are as many as starts from which the whole window lies in the padded input', () => {
    assert(
      property(window.filter(fits), slide => {
        const padded = slide.size + slide.begin + slide.end;
        let count = 0;
        for (let start = 0; start < padded; start += slide.stride)
          if (start + slide.dilation * (slide.kernel - 1) < padded) count++;
        expect(positions(slide)).toBe(count);
      }),
    );
  });

  test('with ceil_mode include one that hangs over the end but starts in input or left padding', () => {
    assert(
      property(window.filter(fits), slide => {
        const padded = slide.size + slide.begin + slide.end;
        let count = 0;
        let covered = 0;
        for (let start = 0; covered < padded && start < slide.size + slide.begin;) {
          covered = start + slide.dilation * (slide.kernel - 1) + 1;
          start += slide.stride;
          count++;
        }
        expect(positions(slide, { ceil_mode: 1 })).toBe(count);
      }),
    );
  });

  test.each(['SAME_UPPER', 'SAME_LOWER'])('with %s are ⌈size / stride⌉', auto_pad => {
    assert(
      property(window, slide => {
        expect(positions(slide, { auto_pad })).toBe(Math.ceil(slide.size / slide.stride));
      }),
    );
  });

  test('an odd zero of SAME goes to the end, or with SAME_LOWER to the front', () => {
    expect(strided('SAME_UPPER')).toMatchObject({ begin: [0], end: [1] });
    expect(strided('SAME_LOWER')).toMatchObject({ begin: [1], end: [0] });
  });
});

/** A window of 3 over 6 in strides of 2. */
const strided = (auto_pad: string) =>
  windowOf(node('Conv', [], [''], attributesOf({ auto_pad, strides: [2] })), [3], [6]);

const windows: Record<string, AttributeLike>[] = [
  { kernel_shape: [3, 2] },
  { kernel_shape: [3, 2], strides: [2, 3] },
  { kernel_shape: [3, 2], pads: [1, 0, 1, 1], strides: [2, 2] },
  { kernel_shape: [3, 2], auto_pad: 'SAME_UPPER', strides: [2, 2] },
  { kernel_shape: [3, 2], auto_pad: 'SAME_LOWER', strides: [3, 1] },
  { kernel_shape: [3, 2], auto_pad: 'VALID', strides: [2, 1] },
];

const pools: [string, number[], Record<string, AttributeLike>[]][] = [
  ['MaxPool', [7, 8, 10, 11, 12, 22], windows],
  [
    'MaxPool',
    [10, 12, 22],
    [
      { kernel_shape: [3, 2], strides: [2, 2], ceil_mode: 1 },
      { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1, pads: [1, 1, 1, 1] },
      { kernel_shape: [2, 2], dilations: [2, 3], strides: [2, 1] },
      { kernel_shape: [2, 2], dilations: [2, 3], strides: [2, 3], ceil_mode: 1 },
      { kernel_shape: [3, 2], auto_pad: 'VALID', strides: [3, 3], ceil_mode: 1 },
      { kernel_shape: [3, 2], auto_pad: 'SAME_UPPER', strides: [3, 3], ceil_mode: 1 },
    ],
  ],
  ['AveragePool', [7, 10, 11, 19, 22], windows],
  [
    'AveragePool',
    [10, 19],
    [
      { kernel_shape: [3, 2], strides: [2, 2], ceil_mode: 1, count_include_pad: 1 },
      { kernel_shape: [3, 3], strides: [3, 3], ceil_mode: 1, pads: [1, 1, 1, 1] },
    ],
  ],
  ['AveragePool', [19, 22], [{ kernel_shape: [2, 2], dilations: [2, 3] }]],
  ['LpPool', [2, 11, 18], windows],
  ['LpPool', [18], [{ kernel_shape: [2, 2], dilations: [2, 3], strides: [2, 2], ceil_mode: 1 }]],
];

const maxPool = (kernel: number[], sizes: number[]): Case => ({
  operator: 'MaxPool',
  data: [sample(1, 2, ...sizes)],
  attributes: { kernel_shape: kernel, strides: kernel },
});

describe('pools', () => {
  const cases = pools.flatMap(([operator, opsets, settings]) =>
    opsets.flatMap(opset =>
      settings.map(values => [operator, opset, describeSetting(values), values] as const),
    ),
  );
  test.each(cases)('%s of opset %i with %s', async (operator, opset, _, values) => {
    await expectAgreement({ operator, data: [sample(2, 3, 8, 7)], attributes: values }, opset);
  });

  test('of one and three spatial axes', async () => {
    await expectAgreement(maxPool([2], [9]), 12);
    await expectAgreement(maxPool([2, 3, 1], [5, 6, 2]), 12);
  });

  test('MaxPool gives places, too', async () => {
    const attributes = { kernel_shape: [2, 2] };
    await expectAgreement(
      { operator: 'MaxPool', data: [sample(1, 1, 4, 4)], attributes, outputs: 2 },
      12,
    );
  });

  test.each(['GlobalAveragePool', 'GlobalMaxPool', 'GlobalLpPool'])(
    '%s leaves one',
    async operator => {
      await expectAgreement({ operator, data: [sample(2, 3, 4, 5)] }, 12);
      await expectAgreement({ operator, data: [sample(2, 3, 4)] }, 12);
    },
  );

  test('a window larger than its padded input is refused', () => {
    const one = {
      operator: 'MaxPool',
      data: [sample(1, 1, 2, 2)],
      attributes: { kernel_shape: [3, 1] },
    };
    expect(() => inferOne(one, 12)).toThrow('a window of 3 does not fit into 2');
  });

  test('a kernel of another rank is refused', () => {
    const one = {
      operator: 'MaxPool',
      data: [sample(1, 1, 2, 2)],
      attributes: { kernel_shape: [1] },
    };
    expect(() => inferOne(one, 12)).toThrow('kernel_shape [1], expected 2 sizes of 1 or more');
  });

  test('a dilated pool with SAME is unknown, since runtimes leave the dilation out', () => {
    const attributes = { kernel_shape: [3], dilations: [2], auto_pad: 'SAME_UPPER' };
    const one = { operator: 'MaxPool', data: [sample(1, 1, 7)], attributes };
    expect(inferOne(one, 12)).toEqual([{}]);
  });

  test('MaxUnpool undoes the dims of a max-pool, or takes those that it is given', async () => {
    const attributes = { kernel_shape: [2, 2], strides: [2, 2] };
    const places = whole([5, 7, 13, 15], 'int64', [1, 1, 2, 2]);
    const one = { operator: 'MaxUnpool', data: [sample(1, 1, 2, 2), places], attributes };
    await expectAgreement(one, 11);
    await expectAgreement({ ...one, constants: [whole([1, 1, 5, 5])] }, 11);
  });

  test('regions of interest become batches of cells', async () => {
    const image = sample(1, 2, 6, 6);
    const rois = whole([0, 0, 0, 3, 3, 0, 1, 1, 4, 5], 'float32', [2, 5]);
    const pooled = { pooled_shape: [3, 2] };
    await expectAgreement({ operator: 'MaxRoiPool', data: [image, rois], attributes: pooled }, 12);
    const boxes = whole([0, 0, 3, 3, 1, 1, 4, 5, 0, 0, 2, 2], 'float32', [3, 4]);
    const align = { output_height: 2, output_width: 4 };
    const data = [image, boxes, whole([0, 0, 0])];
    await expectAgreement({ operator: 'RoiAlign', data, attributes: align }, 16);
  });
});

const conv = (group: number, x: number[], w: number[]): Case => ({
  operator: 'Conv',
  data: [sample(...x), sample(...w)],
  attributes: { group },
});

describe('convolutions', () => {
  const settings = [
    ...windows.map(({ kernel_shape, ...rest }) => (kernel_shape ? rest : {})),
    { dilations: [2, 2] },
    { dilations: [2, 3], pads: [2, 2, 2, 2], strides: [2, 1] },
    { kernel_shape: [3, 2] },
  ] satisfies Record<string, AttributeLike>[];
  const cases = settings.flatMap(values =>
    [1, 11, 22].map(opset => [opset, describeSetting(values), values] as const),
  );

  test.each(cases)('Conv of opset %i with %s', async (opset, _, values) => {
    const data = [sample(2, 4, 8, 7), sample(5, 4, 3, 2), sample(5)];
    await expectAgreement({ operator: 'Conv', data, attributes: values }, opset);
  });

  test('Conv in groups, with one and three spatial axes', async () => {
    await expectAgreement(conv(2, [1, 4, 5, 5], [6, 2, 3, 3]), 11);
    await expectAgreement(conv(4, [1, 4, 5], [4, 1, 3]), 11);
    await expectAgreement(conv(1, [1, 2, 5, 4, 3], [1, 2, 3, 1, 2]), 11);
  });

  test('channels that do not fit the weights are refused', () => {
    const one = { operator: 'Conv', data: [sample(1, 4, 5, 5), sample(6, 3, 3, 3)] };
    expect(() => inferOne(one, 11)).toThrow('input has 4 channels, weights expect 3');
  });

  const transposes: Record<string, AttributeLike>[] = [
    {},
    { strides: [2, 3] },
    { strides: [2, 3], pads: [1, 0, 1, 1] },
    { strides: [3, 3], output_padding: [1, 2] },
    { strides: [2, 2], output_padding: [1, 1], pads: [1, 0, 0, 1], dilations: [2, 3] },
    { strides: [2, 2], auto_pad: 'SAME_UPPER' },
    { strides: [2, 2], auto_pad: 'SAME_LOWER' },
    { strides: [2, 2], auto_pad: 'SAME_UPPER', output_padding: [1, 1] },
    { strides: [2, 2], auto_pad: 'SAME_UPPER', dilations: [2, 2] },
    { strides: [2, 2], auto_pad: 'VALID' },
    { strides: [3, 2], output_shape: [14, 7] },
    { strides: [3, 2], output_shape: [14, 7], auto_pad: 'SAME_UPPER' },
  ];
  const transposed = transposes.flatMap(values =>
    [1, 11, 22].map(opset => [opset, describeSetting(values), values] as const),
  );

  test.each(transposed)('ConvTranspose of opset %i with %s', async (opset, _, values) => {
    const data = [sample(2, 4, 5, 4), sample(4, 3, 3, 2)];
    await expectAgreement({ operator: 'ConvTranspose', data, attributes: values }, opset);
    await expectAgreement(
      { operator: 'ConvTranspose', data, attributes: { ...values, group: 2 } },
      opset,
    );
  });

  test('dims that no tensor has are refused', () => {
    const data = [sample(1, 1, 1), sample(1, 1, 1)];
    const negative = { operator: 'ConvTranspose', data, attributes: { pads: [1, 1] } };
    expect(() => inferOne(negative, 11)).toThrow('its output would have dims [1,1,-1]');
    const flat = { operator: 'GlobalMaxPool', data: [sample(4)] };
    expect(() => inferOne(flat, 11)).toThrow('its output would have dims [4,undefined]');
  });

  test('the dims of ConvTranspose stay open where SAME would need more than the kernels cover', () => {
    const attributes = { strides: [4, 4], auto_pad: 'SAME_UPPER' };
    const data = [sample(1, 1, 5, 4), sample(1, 1, 3, 2)];
    expect(inferOne({ operator: 'ConvTranspose', data, attributes }, 11)).toEqual([{}]);
  });

  test('quantised convolutions', async () => {
    const x = whole(Array(32).fill(3), 'uint8', [1, 2, 4, 4]);
    const w = whole(Array(24).fill(2), 'uint8', [3, 2, 2, 2]);
    const zero = whole([1], 'uint8', []);
    const scale = whole([1], 'float32', []);
    await expectAgreement({ operator: 'ConvInteger', data: [x, w, zero, zero] }, 10);
    const data = [x, scale, zero, w, scale, zero, scale, zero];
    await expectAgreement(
      { operator: 'QLinearConv', data, attributes: { pads: [1, 1, 0, 0] } },
      10,
    );
  });
});

function describeSetting(values: Record<string, AttributeLike>): string {
  const parts = Object.entries(values).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return parts.join(', ') || 'defaults';
}
