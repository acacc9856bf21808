/** Plane rotation of two stretches of an array: (x, y) becomes (c·x + s·y, c·y − s·x). */
export function rotate(
  data: Float64Array,
  x: number,
  y: number,
  length: number,
  cosine: number,
  sine: number,
): void {
  for (let k = 0; k < length; k++) {
    const value = data[x + k];
    data[x + k] = cosine * value + sine * data[y + k];
    data[y + k] = cosine * data[y + k] - sine * value;
  }
}
