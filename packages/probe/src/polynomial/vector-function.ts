/** A function of vectors, evaluated at many of them at a time. */
export interface VectorFunction {
  /** Numbers of one argument: D. */
  readonly inputs: number;
  /** Relative size of rounding errors: 2⁻²⁴ in single, 2⁻⁵³ in double precision. */
  readonly rounding: number;
  /**
   * @param points rows [n, D]
   * @returns rows [n, outputs]
   */
  at(points: Float64Array): Promise<Float64Array>;
}
