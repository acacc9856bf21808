/** What holds the values of each element type; bool is one byte per value, 0 or 1. */
export interface DataOf {
  bool: Uint8Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  float32: Float32Array;
  float64: Float64Array;
}

export type DType = keyof DataOf;

/** An array of any rank: values in C order (last axis fastest), ∏ shape of them; a scalar has shape []. */
export interface NdArray<T extends DType = DType> {
  dtype: T;
  shape: readonly number[];
  data: DataOf[T];
}
