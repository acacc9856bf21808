import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Matrix } from '@nads/linalg';
import type { Peer } from '../lib/peer.ts';

/** numpy.linalg.eigh of one matrix. */
export interface NumpyEigh {
  /** Seconds that it takes once. */
  measure(): Promise<number>;
  /** Removes the file through which the matrix travels. */
  close(): void;
}

/** @param peer that runs eigh.py. */
export function numpyEigh(peer: Peer, { rows, data }: Matrix): NumpyEigh {
  const folder = mkdtempSync(join(tmpdir(), 'eigen-'));
  const file = join(folder, 'matrix.bin');
  writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return {
    measure: async () => (await peer.ask<{ seconds: number }>({ file, rows })).seconds,
    close: () => rmSync(folder, { recursive: true }),
  };
}
