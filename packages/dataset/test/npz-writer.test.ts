import { decodeNpz, NpzWriter, type NdArray } from '../src/index.js';

const labels: NdArray = { dtype: 'int32', shape: [2], data: Int32Array.of(7, -1) };

function collected() {
  const chunks: Buffer[] = [];
  const writer = new NpzWriter(bytes => void chunks.push(Buffer.from(bytes)));
  return { writer, bytes: () => Buffer.concat(chunks) };
}

test('an archive written in parts reads as one written whole', async () => {
  const { writer, bytes } = collected();
  await writer.addParts('images', {
    dtype: 'float32',
    shape: [3, 2],
    parts: [Float32Array.of(1, 2, 3), Float32Array.of(), Float32Array.of(4, 5, 6)],
  });
  await writer.add('labels', labels);
  await writer.end();
  const arrays = decodeNpz(bytes());
  expect([...arrays.keys()]).toEqual(['images', 'labels']);
  expect(arrays.get('images')).toEqual({
    dtype: 'float32',
    shape: [3, 2],
    data: Float32Array.of(1, 2, 3, 4, 5, 6),
  });
  expect(arrays.get('labels')).toEqual(labels);
});

test('parts are asked for one by one, and may take their time', async () => {
  const events: string[] = [];
  const writer = new NpzWriter(bytes => void events.push(`wrote ${bytes.length}`));
  async function* parts() {
    for (const value of [1, 2]) {
      events.push(`made ${value}`);
      yield Float64Array.of(value);
      await Promise.resolve();
    }
  }
  await writer.addParts('x', { dtype: 'float64', shape: [2], parts: parts() });
  const order = events.filter(event => event.startsWith('made') || event === 'wrote 8');
  expect(order).toEqual(['made 1', 'wrote 8', 'made 2', 'wrote 8']);
});

test('a writer that takes its time is waited for, and its failure is told', async () => {
  const events: string[] = [];
  const slow = new NpzWriter(async bytes => {
    await new Promise(resolve => setTimeout(resolve, 1));
    if (bytes.length === 8) events.push('wrote');
  });
  function* parts() {
    for (const value of [1, 2]) {
      events.push('made');
      yield Float64Array.of(value);
    }
  }
  await slow.addParts('x', { dtype: 'float64', shape: [2], parts: parts() });
  expect(events).toEqual(['made', 'wrote', 'made', 'wrote']);
  const full = new NpzWriter(() => Promise.reject(new Error('the disk is full')));
  await expect(full.add('labels', labels)).rejects.toThrow('the disk is full');
});

test.each<[Iterable<Float32Array>, RegExp]>([
  [[Float32Array.of(1)], /'x' of shape \(2\) got only 1 values/],
  [[Float32Array.of(1, 2), Float32Array.of(3)], /'x' of shape \(2\) got at least 3 values/],
  [
    [Float64Array.of(1, 2) as ArrayLike<number> as Float32Array],
    /float32 values belong in a Float32Array/,
  ],
])('parts that do not fit the shape are refused: %#', async (parts, message) => {
  const { writer } = collected();
  await expect(writer.addParts('x', { dtype: 'float32', shape: [2], parts })).rejects.toThrow(
    message,
  );
});

test('no more parts are asked for than the shape takes', async () => {
  const { writer } = collected();
  let asked = 0;
  function* parts(): Generator<Float32Array> {
    while (asked < 10) {
      asked++;
      yield Float32Array.of(0);
    }
  }
  const array = { dtype: 'float32', shape: [2], parts: parts() } as const;
  await expect(writer.addParts('x', array)).rejects.toThrow(/got at least 3 values/);
  expect(asked).toBe(3);
});

test('what a zip cannot hold is refused before it is made', async () => {
  const { writer } = collected();
  await expect(
    writer.addParts('x', { dtype: 'float32', shape: [2 ** 30], parts: [] }),
  ).rejects.toThrow(/are more than a zip holds; split them/);
});
