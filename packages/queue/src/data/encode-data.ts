import { arrayKinds, magic, partAlignment, type ArrayKind, type Json } from './data-format.js';

/**
 * Plain data as bytes from which `decodeData` makes the same: JSON, and behind it the memory of arrays as it is. The same data gives the
 * same bytes.
 * @throws naming the place of what is no plain data
 */
export function encodeData(data: unknown): Uint8Array {
  const parts: Uint8Array[] = [];
  const value = new Encoder(parts).encode(data, 'data');
  const head = new TextEncoder().encode(
    JSON.stringify({ value, parts: parts.map(({ byteLength }) => byteLength) }),
  );
  return joined(head, parts);
}

function joined(head: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const before = magic.length + 4;
  const ends = [aligned(before + head.length)];
  for (const { byteLength } of parts) ends.push(aligned(ends.at(-1)! + byteLength));
  const bytes = new Uint8Array(ends.at(-1)!);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint32(magic.length, head.length, true);
  bytes.set(head, before);
  parts.forEach((part, i) => bytes.set(part, ends[i]));
  return bytes;
}

const aligned = (at: number): number => Math.ceil(at / partAlignment) * partAlignment;

/** Turns data into JSON and parts of memory. */
class Encoder {
  private readonly parts: Uint8Array[];
  /** What the value is in that is being encoded. */
  private readonly around = new Set<object>();

  constructor(parts: Uint8Array[]) {
    this.parts = parts;
  }

  /** @param place for messages */
  encode(value: unknown, place: string): Json {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { $: ['number', Object.is(value, -0) ? '-0' : `${value}`] };
      case 'bigint':
        return { $: ['bigint', `${value}`] };
      case 'undefined':
        return { $: ['undefined'] };
      case 'object':
        return value === null ? null : this.encodeObject(value, place);
      default:
        throw new TypeError(`${place}: a ${typeof value} is no plain data`);
    }
  }

  private encodeObject(value: object, place: string): Json {
    if (this.around.has(value)) throw new TypeError(`${place}: it contains itself`);
    this.around.add(value);
    try {
      return this.encodeInside(value, place);
    } finally {
      this.around.delete(value);
    }
  }

  private encodeInside(value: object, place: string): Json {
    if (Array.isArray(value))
      // not map, which leaves holes out
      return Array.from(value, (item, i) => this.encode(item, `${place}[${i}]`));
    if (ArrayBuffer.isView(value)) return this.encodeArray(value, place);
    const kind = kindOf(value);
    if (kind === 'ArrayBuffer') return this.part(kind, new Uint8Array(value as ArrayBuffer));
    if (kind === 'Map')
      return { $: ['map', this.entries([...(value as Map<unknown, unknown>)], place)] };
    if (kind === 'Set') return { $: ['set', this.encode([...(value as Set<unknown>)], place)] };
    // of an instance of a class its fields, as where threads send each other messages
    if (kind !== 'Object') throw new TypeError(`${place}: a ${kind} is no plain data`);
    return this.encodeRecord(value, place);
  }

  private encodeRecord(value: object, place: string): Json {
    if (Object.hasOwn(value, '$'))
      return { $: ['object', this.entries(Object.entries(value), place)] };
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.encode(item, `${place}.${key}`)]),
    );
  }

  private entries(entries: readonly (readonly [unknown, unknown])[], place: string): Json {
    return entries.map(([key, item]) => [
      this.encode(key, `${place}: a key`),
      this.encode(item, `${place}[${String(key)}]`),
    ]);
  }

  private encodeArray(value: ArrayBufferView, place: string): Json {
    const kind = kindOf(value);
    if (!Object.hasOwn(arrayKinds, kind))
      throw new TypeError(`${place}: a ${kind} is no plain data`);
    return this.part(
      kind as ArrayKind,
      new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
    );
  }

  private part(kind: ArrayKind, bytes: Uint8Array): Json {
    this.parts.push(bytes);
    return { $: [kind, this.parts.length - 1] };
  }
}

/** 'Float32Array', 'Map', …, whichever realm it is of. */
const kindOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);
