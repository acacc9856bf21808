/** Channels, height and width. */
export type Dims = readonly [channels: number, height: number, width: number];

/** One picture. */
export interface Image {
  readonly dims: Dims;
  /** [C, H, W] in C order: bytes from 0, black, to 255, or numbers as they were stored. */
  readonly data: Uint8Array | Float32Array;
  /** Whether 0 is black and 1 is white in floats although some lie beyond. */
  readonly mayExceed?: boolean;
}

/** `3×32×32`, as messages have it. */
export const formatDims = (dims: readonly number[]): string => dims.join('×');
