import protobuf from 'protobufjs/minimal.js';
import {
  deepest,
  delimited,
  layoutOf,
  type FieldLayout,
  type Message,
  type MessageLayout,
  type Reader,
} from './layout.js';
import type { MessageName } from './schema.js';

/**
 * A message from its bytes, by its description alone: protobufjs's own decoders are code that it generates, which pages with a strict
 * content security policy refuse. Fields that are not known are kept as `$unknowns`.
 * @throws where the bytes are cut off, or messages lie too deep within each other
 */
export function decodeMessage(name: MessageName, bytes: Uint8Array): object {
  const reader = protobuf.Reader.create(bytes);
  return decoded(layoutOf(name), reader, reader.len, {}, 0);
}

/** Reads fields up to a position into a message. */
function decoded(
  { byId }: MessageLayout,
  reader: Reader,
  end: number,
  message: Message,
  depth: number,
): Message {
  if (depth > deepest) throw new Error('messages lie too deep within each other');
  const outer = bounded(reader, end);
  while (reader.pos < end) {
    const start = reader.pos;
    const tag = reader.tag();
    const [id, wireType] = [tag >>> 3, tag & 7];
    const field = byId[id];
    if (field && readField(field, wireType, reader, message, depth)) continue;
    reader.skipType(wireType, depth, id);
    (message.$unknowns ??= []).push(reader.raw(start, reader.pos));
  }
  if (reader.pos !== end) throw new RangeError('a field is longer than its message');
  reader.len = outer;
  return message;
}

/** Lets a reader go no further. @returns how far it could go before. */
function bounded(reader: Reader, end: number): number {
  if (end > reader.len) throw new RangeError('a message is longer than what it is in');
  const { len } = reader;
  reader.len = end;
  return len;
}

/** @returns whether the field is written in a way that we know */
function readField(
  field: FieldLayout,
  wireType: number,
  reader: Reader,
  message: Message,
  depth: number,
): boolean {
  const { name, isRepeated, many } = field;
  if (isRepeated && many && wireType === delimited) {
    message[name] = reader[many](message[name] as number[] | undefined);
    return true;
  }
  if (wireType !== field.wireType) return false;
  if (isRepeated) listOf(message, name).push(valueOf(field, reader, undefined, depth));
  else message[name] = valueOf(field, reader, message[name], depth);
  return true;
}

const listOf = (message: Message, name: string): unknown[] => (message[name] ??= []) as unknown[];

/** A message that comes in several pieces is all of them together. */
function valueOf(
  { scalar, message }: FieldLayout,
  reader: Reader,
  begun: unknown,
  depth: number,
): unknown {
  if (scalar) return reader[scalar]();
  const size = reader.size();
  const into = (begun as Message | undefined) ?? {};
  return decoded(layoutOf(message!), reader, reader.pos + size, into, depth + 1);
}
