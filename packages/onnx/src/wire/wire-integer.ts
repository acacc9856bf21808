import protobuf from 'protobufjs/minimal.js';
import type { WireInteger } from './integers.js';

/** A 64-bit wire integer with exactly this value, modulo 2^64. */
export function wireInteger(value: bigint): WireInteger {
  const low = Number(BigInt.asIntN(32, value));
  const high = Number(BigInt.asIntN(32, value >> 32n));
  return new protobuf.util.Long(low, high, false);
}
