/** Numbers that lie one after the other, as in a Float32Array. */
interface Numbers {
  readonly length: number;
  set(part: ArrayLike<number>, at: number): void;
}

/**
 * All numbers, one array after the other.
 * @param Type of the arrays, as in `joined(Float32Array, parts)`
 */
export function joined<T extends Numbers>(
  Type: new (length: number) => T,
  parts: readonly ArrayLike<number>[],
): T {
  const whole = new Type(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
