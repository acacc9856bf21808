import { parameterCount } from '@nads/probe';
import { describeData, shortNumber, type Ntk, type NtkPlan } from '@nads/study';

/** What a kernel will take, in two lines. */
export function describePlan({
  description,
  derivative,
  images,
  outputs,
  kept,
  passes,
}: NtkPlan): string {
  const parameters = parameterCount(derivative);
  const times = passes / (images.count * outputs.length);
  const held = Math.min(kept, images.count);
  const work =
    `${describeData(images)}; ${outputs.length} output(s), ${shortNumber(parameters).trimEnd()} parameters; ` +
    `${passes} backward passes, ${shortNumber(4 * parameters * held)}B for ${held} gradients at a time`;
  const again = `each is computed ${times.toFixed(1)} times on average; increase --memory to compute fewer`;
  return `${description}\n${times > 1 ? `${work} (${again})` : work}`;
}

/** The numbers of a kernel, in a few lines. */
export function ntkText({ source, settings, images, numbers }: Ntk): string {
  const { trace, eigenvalues, effectiveRank, alignment, centredAlignment } = numbers;
  const weights = settings.fresh === undefined ? '' : `, fresh weights of seed ${settings.fresh}`;
  const lines = [
    `${source.name} at ${images.count} images of ${settings.data}${weights}`,
    `trace ${trace.toPrecision(5)}, largest eigenvalue ${eigenvalues[0].toPrecision(5)}, effective rank ${effectiveRank.toFixed(2)}`,
    ...(images.labels
      ? [`alignment with labels ${alignment.toFixed(4)}, centred ${centredAlignment.toFixed(4)}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}
