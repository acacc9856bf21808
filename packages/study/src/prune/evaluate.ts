import { crossEntropy, type AnalysedNetwork, type Minibatch } from '@nads/prune';
import { writeModel, withGraph } from '@nads/onnx';
import { NotFinite } from '@nads/probe';
import type { Runtime } from '@nads/runtime';

/** How good a network is on some images. */
export interface Quality {
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Share of images whose class has the largest logit. */
  readonly accuracy: number;
  /** Images, and the set that they are from. */
  readonly images: number;
  readonly data: string;
}

/** The loss of every minibatch, and how many of its images are classified rightly. */
export async function evaluate(
  { network, image, output }: AnalysedNetwork,
  batches: readonly Minibatch[],
  runtime: Runtime,
): Promise<Omit<Quality, 'data'> & { readonly losses: readonly number[] }> {
  const outputs = network.graph.outputs.filter(({ name }) => name === output);
  const session = await runtime.createSession(writeModel(withGraph(network, { outputs })));
  const losses: number[] = [];
  let [right, count] = [0, 0];
  try {
    for (const { images, labels } of batches) {
      const logits = (await session.run({ [image.name]: images }))[output].data as Float32Array;
      const { loss, classes } = crossEntropy(logits, labels);
      if (!Number.isFinite(loss)) throw new NotFinite(loss, 'for the loss of a minibatch');
      losses.push(loss);
      count += labels.length;
      for (let n = 0; n < labels.length; n++)
        if (classOf(logits.subarray(n * classes, (n + 1) * classes)) === labels[n]) right++;
    }
  } finally {
    await session.release();
  }
  const loss = losses.reduce((sum, one, b) => sum + one * batches[b].labels.length, 0) / count;
  return { loss, losses, accuracy: right / count, images: count };
}

const classOf = (logits: Float32Array): number => logits.indexOf(Math.max(...logits));
