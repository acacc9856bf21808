/** Gives room for so many numbers, maybe in memory that was given before. */
export type Numbers = (length: number) => Float32Array;
