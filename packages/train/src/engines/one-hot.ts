/** Rows [n × classes] with a 1 at each label. @throws for a label that is not a class. */
export function oneHot(labels: ArrayLike<number>, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new Error(`image ${i} has label ${label}; classes go from 0 to ${classes - 1}`);
    rows[i * classes + label] = 1;
  }
  return rows;
}

/** How many rows of logits [n × classes] are largest at their label; the first of equal ones counts. */
export function countCorrect(logits: Float32Array, labels: ArrayLike<number>): number {
  const classes = logits.length / labels.length;
  let correct = 0;
  for (let i = 0; i < labels.length; i++) {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (logits[i * classes + k] > logits[i * classes + best]) best = k;
    if (best === labels[i]) correct++;
  }
  return correct;
}
