import { arrayKinds, magic, partAlignment, type ArrayKind, type Json } from './data-format.js';

/**
 * Data of `encodeData`. Bytes may come from anywhere: all that they can make is numbers, texts, arrays, maps, sets and records.
 * @throws where they are not whole, or something else
 */
export function decodeData(bytes: Uint8Array): unknown {
  try {
    const { value, parts } = split(bytes);
    return new Decoder(parts).decode(value);
  } catch (error) {
    throw new Error(`damaged data: ${(error as Error).message}`, { cause: error });
  }
}

function split(bytes: Uint8Array): { readonly value: Json; readonly parts: readonly Uint8Array[] } {
  const before = magic.length + 4;
  if (bytes.length < before || magic.some((byte, i) => bytes[i] !== byte))
    throw new Error('it does not begin as data do');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = before + view.getUint32(magic.length, true);
  if (end > bytes.length) throw new Error('its head is cut off');
  const head = JSON.parse(
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(before, end)),
  ) as {
    value?: Json;
    parts?: Json;
  };
  if (head?.value === undefined || !Array.isArray(head.parts))
    throw new Error('its head is another');
  return { value: head.value, parts: partsOf(bytes, end, head.parts) };
}

function partsOf(bytes: Uint8Array, from: number, lengths: readonly Json[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = aligned(from);
  for (const length of lengths) {
    if (!Number.isSafeInteger(length) || (length as number) < 0)
      throw new Error('a length is none');
    const end = at + (length as number);
    if (end > bytes.length) throw new Error('a part is cut off');
    parts.push(bytes.subarray(at, end));
    at = aligned(end);
  }
  if (at !== bytes.length) throw new Error('there is more behind its parts');
  return parts;
}

const aligned = (at: number): number => Math.ceil(at / partAlignment) * partAlignment;

/** Makes data of JSON and parts of memory. */
class Decoder {
  private readonly parts: readonly Uint8Array[];

  constructor(parts: readonly Uint8Array[]) {
    this.parts = parts;
  }

  decode(value: Json): unknown {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(item => this.decode(item));
    if (Object.hasOwn(value, '$')) return this.decodeTagged(value.$);
    // not by assignment, which would set a prototype
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.decode(item)]));
  }

  private decodeTagged(tagged: Json): unknown {
    if (!Array.isArray(tagged)) throw new Error('a value has no kind');
    const [kind, content] = tagged;
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(content);
      case 'bigint':
        return BigInt(textOf(content));
      case 'map':
        return new Map(this.entries(content));
      case 'set':
        return new Set(listOf(content).map(item => this.decode(item)));
      case 'object':
        return Object.fromEntries(this.entries(content) as [string, unknown][]);
      default:
        return this.array(kind, content);
    }
  }

  private entries(content: Json): [unknown, unknown][] {
    return listOf(content).map(entry => {
      const [key, item] = listOf(entry);
      return [this.decode(key), this.decode(item)];
    });
  }

  /** Memory of its own, which can be handed on without what was beside it. */
  private array(kind: Json, index: Json): unknown {
    if (typeof kind !== 'string' || !Object.hasOwn(arrayKinds, kind))
      throw new Error(`unknown kind ${JSON.stringify(kind)?.slice(0, 40)}`);
    const part = this.parts[index as number];
    if (!part) throw new Error('a part is missing');
    const { buffer } = new Uint8Array(part);
    return kind === 'ArrayBuffer'
      ? buffer
      : new arrayKinds[kind as Exclude<ArrayKind, 'ArrayBuffer'>](buffer);
  }
}

const listOf = (value: Json): Json[] => {
  if (Array.isArray(value)) return value;
  throw new Error('a list is missing');
};

const textOf = (value: Json): string => {
  if (typeof value === 'string') return value;
  throw new Error('a text is missing');
};
