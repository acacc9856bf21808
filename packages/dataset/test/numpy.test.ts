import { spawnSync } from 'node:child_process';
import { decodeNpy, decodeNpz, encodeNpy, encodeNpz, type NdArray } from '../src/index.js';
import { zipEntries } from '../src/zip-entries.js';

/** What a Python script with numpy as np writes to its standard output. @throws without numpy 2 */
function numpy(script: string, input?: Uint8Array): Uint8Array {
  const prelude = 'import io, sys, numpy as np; out = sys.stdout.buffer; np.trapezoid\n';
  const { status, stdout, stderr } = spawnSync('python3', ['-c', prelude + script], {
    input,
    maxBuffer: 2 ** 24,
  });
  if (status !== 0) throw new Error(`python3: ${String(stderr)}`);
  return new Uint8Array(stdout);
}

function hasNumpy(): boolean {
  try {
    numpy('');
    return true;
  } catch {
    return false;
  }
}

const withNumpy = hasNumpy() ? test : test.skip;

withNumpy('every element type and rank gives numpy’s own bytes', () => {
  const archive = numpy(`
dtypes = '? i1 i2 i4 i8 u1 u2 u4 u8 f4 f8'.split()
shapes = [(), (0,), (7,), (2, 3), (3, 1, 4, 2), (0, 5), (1,) * 30, (1234,)]
array = lambda shape: (np.arange(np.prod(shape, dtype=int)) % 2).reshape(shape)
np.savez(out, *[array(shape).astype(dtype) for dtype in dtypes for shape in shapes])`);
  const files = zipEntries(archive, 'npz').map(({ compressed }) => compressed);
  expect(files.length).toBe(88);
  for (const file of files) expect(encodeNpy(decodeNpy(file))).toEqual(file);
});

withNumpy('Fortran order, big endian and float16 from numpy come out in C order', () => {
  const archive = numpy(`
array = lambda dtype: np.asfortranarray(np.arange(60).reshape(3, 4, 5).astype(dtype))
np.savez(out, *[array(dtype) for dtype in '<f2 >f2 >i8 >f8 <u2'.split()])`);
  const arrays = [...decodeNpz(archive).values()];
  expect(arrays.length).toBe(5);
  for (const { data } of arrays)
    expect([...data].map(Number)).toEqual(Array.from({ length: 60 }, (_, i) => i));
});

withNumpy('numpy reads our archives, compressed or not', () => {
  const x: NdArray = { dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4.5) };
  for (const compress of [false, true]) {
    const script = 'z = np.load(io.BytesIO(sys.stdin.buffer.read())); np.save(out, z["x"] * 2)';
    const doubled = decodeNpy(numpy(script, encodeNpz({ x }, { compress })));
    expect(doubled).toEqual({ ...x, data: Float32Array.of(2, 4, 6, 9) });
  }
});
