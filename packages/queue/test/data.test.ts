import { Random } from '@nads/linalg';
import { contentHash, decodeData, encodeData } from '../src/index.js';

const again = (data: unknown): unknown => decodeData(encodeData(data));

const kinds = [
  Int8Array.of(-1, 2),
  Uint8Array.of(1, 255),
  Uint8ClampedArray.of(3),
  Int16Array.of(-300),
  Uint16Array.of(60_000, 1, 2),
  Int32Array.of(-70_000),
  Uint32Array.of(4_000_000_000),
  Float32Array.of(0.1, NaN, -0, Infinity),
  Float64Array.of(0.1, NaN, -0, -Infinity, Number.MIN_VALUE),
  BigInt64Array.of(-(2n ** 63n)),
  BigUint64Array.of(2n ** 64n - 1n),
  new Float64Array(0),
];

test.each(kinds.map(array => [array.constructor.name, array] as const))(
  'a %s comes back as it was',
  (_, array) => {
    const { data } = again({ data: array }) as { data: typeof array };
    expect(data.constructor.name).toBe(array.constructor.name);
    expect(Buffer.from(data.buffer)).toEqual(Buffer.from(array.buffer));
  },
);

test('plain data comes back as it was', () => {
  const data = {
    numbers: [0, -0, 1.5, NaN, Infinity, -Infinity, 5e-324, 2 ** 53],
    big: -(2n ** 80n),
    texts: ['', 'ä€😀', '\ud800', '$'],
    nothing: [null, undefined],
    absent: undefined,
    map: new Map<unknown, unknown>([
      ['a', new Map([[1, Float32Array.of(1)]])],
      [2, new Set(['x'])],
    ]),
    tagged: { $: ['map', []], other: 1 },
    buffer: Uint8Array.of(1, 2, 3).buffer,
    nested: [[[{ deep: Int32Array.of(7) }]]],
  };
  expect(again(data)).toEqual(data);
  expect(Object.keys(again(data) as object)).toEqual(Object.keys(data));
});

test('a part of an array is sent without the rest, and alone in its memory', () => {
  const part = Float32Array.from({ length: 1000 }, (_, i) => i).subarray(3, 5);
  const bytes = encodeData(part);
  expect(bytes.length).toBeLessThan(100);
  const { buffer } = decodeData(Buffer.from(bytes)) as Float32Array;
  expect(buffer.byteLength).toBe(8);
});

test('of an instance its fields are sent', () => {
  class Point {
    x = 1;
    get y() {
      return 2;
    }
  }
  expect(again(new Point())).toEqual({ x: 1 });
});

test('the same data gives the same bytes', () => {
  const data = () => ({ a: [Float64Array.of(1, 2), new Map([['k', 1n]])], b: 'text' });
  expect(contentHash(encodeData(data()))).toBe(contentHash(encodeData(data())));
});

test('what is no plain data is refused with its place', () => {
  expect(() => encodeData({ plan: [{ run: () => 1 }] })).toThrow(
    'data.plan[0].run: a function is no plain data',
  );
  expect(() => encodeData(new Map([['now', new Date()]]))).toThrow('data[now]: a Date');
  expect(() => encodeData({ view: new DataView(new ArrayBuffer(1)) })).toThrow('a DataView');
  const loop: { self?: unknown } = {};
  loop.self = loop;
  expect(() => encodeData(loop)).toThrow('data.self: it contains itself');
  const twice = { x: 1 };
  expect(again([twice, twice])).toEqual([twice, twice]);
});

test('bytes that were cut off or changed are refused, or other plain data', () => {
  const bytes = encodeData({ a: Float32Array.of(1, 2, 3), b: new Map([[1, { $: 2 }]]), c: 10n });
  for (let end = 0; end < bytes.length; end++)
    expect(() => decodeData(bytes.subarray(0, end))).toThrow('damaged data');
  const random = new Random('damage');
  for (let i = 0; i < 3000; i++) {
    const changed = bytes.slice();
    changed[random.int(changed.length)] = random.int(256);
    try {
      decodeData(changed);
    } catch (error) {
      expect((error as Error).message).toMatch(/^damaged data: /);
    }
  }
});

const made = (head: unknown): Uint8Array => {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(Math.ceil((12 + text.length) / 8) * 8);
  bytes.set(new TextEncoder().encode('nadsdat1'));
  new DataView(bytes.buffer).setUint32(8, text.length, true);
  bytes.set(text, 12);
  return bytes;
};

test('bytes from elsewhere make nothing but plain data', () => {
  expect(decodeData(made({ value: { a: 1 }, parts: [] }))).toEqual({ a: 1 });
  const polluting = made({ value: JSON.parse('{"__proto__":{"bad":1}}'), parts: [] });
  const { bad } = decodeData(polluting) as { bad?: number };
  expect(bad).toBeUndefined();
  const refused = [
    { value: { $: ['Function', 'return 1'] }, parts: [] },
    { value: { $: ['constructor', 0] }, parts: [] },
    { value: { $: ['Float32Array', 0] }, parts: [] },
    { value: { $: ['Float32Array', 'length'] }, parts: [] },
    { value: { $: ['map', 5] }, parts: [] },
    { value: 1, parts: [2 ** 40] },
    { value: 1, parts: [-8] },
    { value: 1, parts: 'x' },
    { parts: [] },
    null,
  ];
  for (const head of refused) expect(() => decodeData(made(head))).toThrow('damaged data');
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const bytes = made({ value: 0, parts: [] });
  const nested = new Uint8Array(Math.ceil((12 + deep.length + 24) / 8) * 8);
  nested.set(bytes.subarray(0, 8));
  const text = new TextEncoder().encode(`{"value":${deep},"parts":[]}`);
  new DataView(nested.buffer).setUint32(8, text.length, true);
  nested.set(text, 12);
  expect(() => decodeData(nested)).toThrow('damaged data');
});
