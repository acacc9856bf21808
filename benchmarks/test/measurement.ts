import type { Measurement } from '../lib/measurement.ts';

/** A measurement that may be published, but for what is given. */
export const measurement = (given: Partial<Measurement> = {}): Measurement => ({
  benchmark: 'margin',
  date: '2026-01-31T12:00:00.000Z',
  commit: '0123456789abcdef0123456789abcdef01234567',
  modified: false,
  machine: 'Some CPU, 2 cores, 24 GB, Node v20.20.0',
  load_average: 0.12,
  busy: false,
  peer: 'PyTorch 1.13',
  blas: { name: 'OpenBLAS 0.3.21', kernel: 'SkylakeX', gflops: 345.4, reference: false },
  comparable: true,
  results: [
    {
      name: 'margin-lenet',
      ours_seconds: 0.0434,
      peer_seconds: 0.077,
      ratio: 0.0434 / 0.077,
      target: 0.5,
      compared: 'a | b',
    },
  ],
  ...given,
});
