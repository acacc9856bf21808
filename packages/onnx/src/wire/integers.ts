/** What protobufjs gives for a 64-bit integer, and accepts for one. */
export type WireInteger = number | { low: number; high: number; unsigned: boolean };

/** Exact value of a signed 64-bit wire integer. */
export function toBigInt(value: WireInteger): bigint {
  if (typeof value === 'number') return BigInt(value);
  return (BigInt(value.high) << 32n) | BigInt(value.low >>> 0);
}

/** The nearest number that JavaScript counts exactly; sentinels such as INT64_MAX saturate. */
export function toNumber(value: WireInteger | bigint): number {
  const exact = typeof value === 'bigint' ? value : toBigInt(value);
  if (exact > BigInt(Number.MAX_SAFE_INTEGER)) return Number.MAX_SAFE_INTEGER;
  if (exact < BigInt(Number.MIN_SAFE_INTEGER)) return Number.MIN_SAFE_INTEGER;
  return Number(exact);
}
