/**
 * Memory that is used again: each call gives an array of so many numbers in it, and takes it from whom it was given before. It holds
 * what was left there. Fresh memory for every array would be slow to get where arrays are large.
 */
export function reused<A extends Float32Array | Float64Array>(
  make: (length: number) => A,
): (length: number) => A {
  let memory = make(0);
  return length => {
    if (memory.length < length) memory = make(length);
    return memory.subarray(0, length) as A;
  };
}
