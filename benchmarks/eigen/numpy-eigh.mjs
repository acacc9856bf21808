import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = `
import sys, time
import numpy as np
a = np.fromfile(sys.argv[1]).reshape(int(sys.argv[2]), -1)
np.linalg.eigh(a[:100, :100])
start = time.perf_counter()
np.linalg.eigh(a)
print(time.perf_counter() - start)
`;

const run = (python, ...args) => spawnSync(python, ['-c', ...args], { encoding: 'utf8' });

/** A python3 that has numpy, and numpy's version; nothing if there is none. */
export function findNumpy() {
  for (const python of ['/usr/bin/python3', 'python3']) {
    const { status, stdout } = run(python, 'import numpy; print(numpy.__version__)');
    if (status === 0) return { python, version: stdout.trim() };
  }
  return undefined;
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
    const { status, stdout, stderr } = run(python, script, file, String(a.rows));
    if (status !== 0) throw new Error(`numpy failed: ${stderr}`);
    return Number(stdout);
  };
  return Object.assign(measure, { close: () => rmSync(folder, { recursive: true }) });
}
