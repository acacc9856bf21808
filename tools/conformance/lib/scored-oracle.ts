import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeNpy } from '@nads/dataset';
import { readModel } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import type { Session } from '@nads/runtime';
import {
  codeKernel,
  codeModel,
  scoredNetwork,
  type CodeKernel,
  type ScoredNetwork,
} from '@nads/score';
import { readFloats } from './read-floats.ts';

/** What the files call the statistics of batch normalisation. */
export const modes = { train: 'training', eval: 'evaluation' } as const;

/** A network of the oracles of scores, and its images. */
export class ScoredOracle {
  readonly folder: string;
  readonly name: string;
  private readonly images: ReturnType<typeof readFloats>;

  constructor(folder: string) {
    this.folder = folder;
    this.name = basename(folder);
    this.images = readFloats(join(folder, 'x.npy'));
  }

  /** The first images. */
  first(batch: number): Float32Array {
    const { shape, data } = this.images;
    return Float32Array.from(data.subarray(0, (data.length / shape[0]) * batch));
  }

  /** Their labels. */
  labels(batch: number): Int32Array {
    const file = join(this.folder, 'labels.npy');
    return (decodeNpy(readFileSync(file), file).data as Int32Array).slice(0, batch);
  }

  network(mode: keyof typeof modes, batch: number): ScoredNetwork {
    const file = join(this.folder, 'model.onnx');
    return scoredNetwork(readModel(readFileSync(file), file), { batch, batchNorm: modes[mode] });
  }

  async kernel(mode: keyof typeof modes, images: Float32Array, batch: number): Promise<CodeKernel> {
    const model = codeModel(this.network(mode, batch));
    return withSession(model.model, session => codeKernel(session, model, images));
  }
}

/** What is made of a session, which is released behind it. */
export async function withSession<T>(
  model: Uint8Array,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await nodeRuntime.createSession(model);
  try {
    return await use(session);
  } finally {
    await session.release();
  }
}
