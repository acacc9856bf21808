/** The learning rate of each step: `step` from 0 to `steps` − 1. */
export type Schedule = (step: number, steps: number) => number;

/** The same rate always. */
export const constantRate =
  (rate: number): Schedule =>
  () =>
    rate;

/** From `rate` in the first step down to 0 behind the last, the same amount each step. */
export const linearRate =
  (rate: number): Schedule =>
  (step, steps) =>
    rate * (1 - step / steps);

/** Half a period of a cosine from `rate` down to 0 (Loshchilov & Hutter 2017, without restarts). */
export const cosineRate =
  (rate: number): Schedule =>
  (step, steps) =>
    (rate / 2) * (1 + Math.cos((Math.PI * step) / steps));

/** Times `factor` from each of some shares of all steps on. */
export const stepRate =
  (rate: number, shares: readonly number[] = [0.5, 0.75], factor = 0.1): Schedule =>
  (step, steps) =>
    rate * factor ** shares.filter(share => step >= share * steps).length;
