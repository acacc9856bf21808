import type protobuf from 'protobufjs/minimal.js';
import { messages, type Field, type MessageName } from './schema.js';

/** How numbers and texts are written (protobuf's wire types), and whether many can be packed. */
const scalars = {
  int32: { wireType: 0, packs: true },
  int64: { wireType: 0, packs: true },
  uint64: { wireType: 0, packs: true },
  double: { wireType: 1, packs: true },
  string: { wireType: 2, packs: false },
  bytes: { wireType: 2, packs: false },
  float: { wireType: 5, packs: true },
} as const;

type Scalar = keyof typeof scalars;

/** What a message, or many packed numbers, begin with: a length. */
export const delimited = 2;

/** A field, ready to be read and written. */
export interface FieldLayout extends Field {
  readonly name: string;
  readonly wireType: number;
  /** The methods of a reader and a writer for a scalar, and for many packed ones where there are such. */
  readonly scalar?: Scalar;
  readonly many?: Packed;
  /** The message, where it is none of the scalars. */
  readonly message?: MessageName;
}

type Packed = 'int32s' | 'int64s' | 'uint64s' | 'doubles' | 'floats';

/** The fields of a message in the order of their numbers. */
export interface MessageLayout {
  readonly fields: readonly FieldLayout[];
  /** The same, each at the index of its number. */
  readonly byId: readonly (FieldLayout | undefined)[];
}

const layouts = new Map<MessageName, MessageLayout>();

/** The layout of a message. */
export function layoutOf(name: MessageName): MessageLayout {
  const known = layouts.get(name);
  if (known) return known;
  const fields = Object.entries(messages[name])
    .map(([field, given]) => fieldLayout(field, given))
    .toSorted((a, b) => a.id - b.id);
  const byId: FieldLayout[] = [];
  for (const field of fields) byId[field.id] = field;
  const layout = { fields, byId };
  layouts.set(name, layout);
  return layout;
}

function fieldLayout(name: string, field: Field): FieldLayout {
  const { type } = field;
  if (!isScalar(type)) return { ...field, name, wireType: delimited, message: type as MessageName };
  const { wireType, packs } = scalars[type];
  return { ...field, name, wireType, scalar: type, ...(packs && { many: `${type}s` as Packed }) };
}

const isScalar = (type: string): type is Scalar => Object.hasOwn(scalars, type);

/** Messages within messages, from here on refused. */
export const deepest = 100;

/** A message as it is in memory: scalars, lists and messages by the names of fields; the bytes of fields that are not known. */
export type Message = Record<string, unknown> & { $unknowns?: Uint8Array[] };

/** What reads scalars. */
export type Reader = protobuf.Reader;

/** What writes scalars. */
export type Writer = protobuf.Writer;
