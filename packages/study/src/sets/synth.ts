import { encodeNpz, separableImages, type NdArray } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { chosenIndices } from '../directions/chosen-indices.js';
import { sweepBasis } from '../directions/sweep-directions.js';
import { writeWhole } from '../files/write-file.js';
import { Progress } from '../messages/progress.js';

/** What `nads synth` is told. */
export interface SynthOptions {
  readonly basis: string;
  readonly index: string;
  readonly sigma: number;
  readonly epsilon: number;
  readonly count: number;
  readonly seed: number;
  readonly channels: number;
  readonly size: readonly [number, number];
  readonly output: string;
  readonly quiet?: boolean;
}

/** Writes a set of images that one direction tells apart: images, labels and the direction. */
export function synth(options: SynthOptions): void {
  const { sigma, epsilon, count, seed, channels, output } = options;
  const [height, width] = options.size;
  const basis = sweepBasis(options.basis, { channels, height, width }, 0);
  const [index, ...more] = chosenIndices(options.index, basis, '--index');
  if (more.length > 0) throw new Error(`--index: ${more.length + 1} directions; a set has one`);
  if (basis.note) process.stderr.write(`${basis.note}\n`);
  const { vector } = basis.direction(index);
  const dims = [channels, height, width] as const;
  const set = separableImages({ dims, direction: vector, sigma, epsilon, count }, new Random(seed));
  const images = new Float32Array(count * vector.length);
  const progress = new Progress('images', options.quiet);
  for (let i = 0; i < count; i++) {
    images.set(set.image(i).data, i * vector.length);
    progress.update(i + 1, count);
  }
  progress.end();
  const arrays: Record<string, NdArray> = {
    images: { dtype: 'float32', shape: [count, ...dims], data: images },
    labels: { dtype: 'int32', shape: [count], data: Int32Array.from(set.labels!) },
    direction: { dtype: 'float64', shape: dims, data: vector },
  };
  writeWhole(output, encodeNpz(arrays));
  process.stdout.write(`${count} images ${dims.join('×')}, written to ${output}\n`);
}
