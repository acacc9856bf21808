/** Softmax probabilities [N × classes], and the mean cross-entropy. */
export interface CrossEntropy {
  readonly classes: number;
  readonly probabilities: Float64Array;
  readonly loss: number;
}

/**
 * The cross-entropy of logits [N × classes] with labels.
 * @throws RangeError where a label is not a class of the model.
 */
export function crossEntropy(logits: ArrayLike<number>, labels: ArrayLike<number>): CrossEntropy {
  const count = labels.length;
  const classes = logits.length / count;
  const probabilities = new Float64Array(logits.length);
  let loss = 0;
  for (let n = 0; n < count; n++) {
    requireClass(labels[n], classes, n);
    const row = Array.from({ length: classes }, (_, k) => logits[n * classes + k]);
    const largest = Math.max(...row);
    const total = row.reduce((sum, x) => sum + Math.exp(x - largest), 0);
    row.forEach((x, k) => (probabilities[n * classes + k] = Math.exp(x - largest) / total));
    loss += (Math.log(total) + largest - row[labels[n]]) / count;
  }
  return { classes, probabilities, loss };
}

/** Rows with a single 1 at the class of each image. */
export function oneHot(labels: ArrayLike<number>, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes);
  Array.from(labels).forEach((label, n) => {
    requireClass(label, classes, n);
    rows[n * classes + label] = 1;
  });
  return rows;
}

function requireClass(label: number, classes: number, image: number): void {
  if (!Number.isInteger(label) || label < 0 || label >= classes)
    throw new RangeError(
      `image ${image} has label ${label}; the model has classes 0 to ${classes - 1}`,
    );
}
