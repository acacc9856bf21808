import protobuf from 'protobufjs/light.js';
import { messages, type Field, type MessageName } from '../src/wire/schema.js';

const field = ({ id, type, isRepeated, isPacked }: Field): protobuf.IField => ({
  id,
  type,
  ...(isRepeated && { rule: 'repeated' }),
  ...(isPacked && { options: { packed: true } }),
});

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries<Readonly<Record<string, Field>>>(messages).map(([name, fields]) => [
      name,
      {
        edition: 'proto2',
        fields: Object.fromEntries(
          Object.entries(fields).map(([key, given]) => [key, field(given)]),
        ),
      },
    ]),
  ),
}).resolveAll();

/** A message by protobufjs's own reflection, to compare with. */
export const messageType = (name: MessageName): protobuf.Type => root.lookupType(name);
