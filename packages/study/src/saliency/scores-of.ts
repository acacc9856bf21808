import { largestOutputs, type GradientRunner } from '@nads/probe';

/** What a model says of a picture. */
export interface Scores {
  /** The output that was looked at, and the largest. */
  readonly output: number;
  readonly predicted: number;
  /** Of the output that was looked at. */
  readonly value: number;
  /** Its softmax, where outputs are logits of several classes. */
  readonly probability?: number;
}

/** Runs the model on one picture as it takes it: [C·H·W]. */
export async function scoresOf(
  runner: GradientRunner,
  x: Float32Array,
  { of, outputIndex }: { readonly of: 'logits' | 'outputs'; readonly outputIndex?: number },
): Promise<Scores> {
  const { outputs } = await runner.run(x, new Float32Array(runner.outputs));
  const [predicted] = largestOutputs(outputs, runner.outputs);
  const output = outputIndex ?? predicted;
  const scores = { output, predicted, value: outputs[output] };
  if (of !== 'logits' || outputs.length === 1) return scores;
  return { ...scores, probability: softmaxOf(outputs, output, outputs[predicted]) };
}

const softmaxOf = (logits: Float32Array, k: number, largest: number): number =>
  Math.exp(logits[k] - largest) / logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
