import protobuf from 'protobufjs/minimal.js';
import {
  deepest,
  delimited,
  layoutOf,
  type FieldLayout,
  type Message,
  type MessageLayout,
  type Writer,
} from './layout.js';
import type { MessageName } from './schema.js';

/** The bytes of a message, fields by their numbers, those that are not known behind them. */
export function encodeMessage(name: MessageName, message: object): Uint8Array {
  const writer = protobuf.Writer.create();
  encode(layoutOf(name), message as Message, writer, 0);
  return writer.finish();
}

function encode({ fields }: MessageLayout, message: Message, writer: Writer, depth: number): void {
  if (depth > deepest) throw new Error('messages lie too deep within each other');
  for (const field of fields) {
    const value = message[field.name];
    if (value === undefined || value === null) continue;
    if (field.isRepeated) writeMany(field, value as readonly unknown[], writer, depth);
    else writeOne(field, value, writer, depth);
  }
  for (const bytes of message.$unknowns ?? []) writer.raw(bytes);
}

function writeMany(
  field: FieldLayout,
  values: readonly unknown[],
  writer: Writer,
  depth: number,
): void {
  if (!field.isPacked) for (const value of values) writeOne(field, value, writer, depth);
  else if (values.length > 0)
    writer.uint32(tagOf(field.id, delimited))[field.many!](values as number[]);
}

function writeOne(
  { id, wireType, scalar, message }: FieldLayout,
  value: unknown,
  writer: Writer,
  depth: number,
): void {
  writer.uint32(tagOf(id, wireType));
  if (scalar) {
    (writer[scalar] as (value: unknown) => Writer)(value);
    return;
  }
  writer.fork();
  encode(layoutOf(message!), value as Message, writer, depth + 1);
  writer.ldelim();
}

const tagOf = (id: number, wireType: number): number => ((id << 3) | wireType) >>> 0;
