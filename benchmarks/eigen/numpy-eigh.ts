import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const measurement = `
import sys, time
import numpy as np
a = np.fromfile(sys.argv[1]).reshape(int(sys.argv[2]), -1)
np.linalg.eigh(a[:100, :100])
start = time.perf_counter()
np.linalg.eigh(a)
print(time.perf_counter() - start)
`;

const probe = `
import time
import numpy as np
a = np.random.default_rng(0).normal(size=(400, 400))
np.linalg.eigh(a @ a.T)
start = time.perf_counter()
np.linalg.eigh(a @ a.T)
print(time.perf_counter() - start, np.__version__)
`;

const run = (python, ...args) => spawnSync(python, ['-c', ...args], { encoding: 'utf8' });

/** One python3's numpy, if it has any. */
function probeNumpy(python) {
  const { status, stdout } = run(python, probe);
  if (status !== 0) return [];
  const [seconds, version] = stdout.trim().split(' ');
  return [{ python, version, seconds: Number(seconds) }];
}

/**
 * The fastest numpy of the python3s at hand, or nothing. They may differ by a factor of ten and more,
 * because one brings OpenBLAS and another the reference LAPACK.
 */
export function findNumpy() {
  return ['/usr/bin/python3', 'python3']
    .flatMap(probeNumpy)
    .toSorted((a, b) => a.seconds - b.seconds)
    .at(0);
}

/**
 * A function that measures numpy.linalg.eigh of the matrix once, in seconds, in a process of its own.
 * Call its `close` to remove the file through which the matrix travels.
 */
export function numpyEigh({ python }, a) {
  const folder = mkdtempSync(join(tmpdir(), 'eigen-'));
  const file = join(folder, 'matrix.bin');
  writeFileSync(file, new Uint8Array(a.data.buffer, a.data.byteOffset, a.data.byteLength));
  const measure = () => {
    const { status, stdout, stderr } = run(python, measurement, file, String(a.rows));
    if (status !== 0) throw new Error(`numpy failed: ${stderr}`);
    return Number(stdout);
  };
  return Object.assign(measure, { close: () => rmSync(folder, { recursive: true }) });
}
