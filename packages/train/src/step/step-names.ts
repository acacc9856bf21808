/** What a training step calls its own inputs and outputs: names that no exporter gives. */
export const stepNames = {
  /** [N, classes], rows that sum to 1. */
  targets: 'training/targets',
  /** Scalar. */
  rate: 'training/rate',
  /** Scalar, 1 in the first step. */
  step: 'training/step',
  /** Scalar, before the step. */
  loss: 'training/loss',
} as const;
