/** Makes the entry of largest magnitude of a vector positive; of equal ones the first decides. */
export function fixSign(vector: Float64Array): void {
  let largest = 0;
  for (let k = 0; k < vector.length; k++)
    if (Math.abs(vector[k]) > Math.abs(largest)) largest = vector[k];
  if (largest < 0) for (let k = 0; k < vector.length; k++) vector[k] = -vector[k];
}
