/** JSON, as it is written and read. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What the bytes of data begin with; behind it the length of the JSON as 32 bits, the JSON, and parts. */
export const magic = new TextEncoder().encode('nadsdat1');

/** Parts begin at multiples of this. */
export const partAlignment = 8;

/** Kinds of memory that data may hold. */
export const arrayKinds = {
  ArrayBuffer,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

/** A name of a kind of memory. */
export type ArrayKind = keyof typeof arrayKinds;

// memory is written as it is
if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1)
  throw new Error(
    'this machine keeps numbers with their highest byte first, which data between machines does not allow for',
  );
