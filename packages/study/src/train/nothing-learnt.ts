import type { Trained } from './training.js';

/**
 * Says that a training ended far above the loss of guessing, ln(classes): it grew, though it stayed finite. Undefined where it did not.
 * @param classes of the labels; with one there is nothing to guess
 */
export function nothingLearnt(
  { history }: Pick<Trained, 'history'>,
  classes: number,
): string | undefined {
  const guessing = Math.log(classes);
  const loss = history.at(-1)?.loss ?? 0;
  if (classes < 2 || loss <= 2 * guessing) return undefined;
  return `nothing was learnt: the loss of the last epoch is ${loss.toPrecision(4)}, that of guessing ${guessing.toFixed(2)}; a smaller \`rate\` or \`clip\` may help`;
}
