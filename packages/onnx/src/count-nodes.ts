import protobuf from 'protobufjs/minimal.js';

/** Numbers of fields in the file format's definition, behind the type of what they hold: a length and so many bytes. */
const graphOfModel = tag(7);
const nodeOfGraph = tag(1);

/** Nodes of the graph in the bytes of an ONNX file; nothing is decoded, and what is inside functions and branches does not count. */
export function countNodes(bytes: Uint8Array): number {
  const reader = protobuf.Reader.create(bytes);
  let count = 0;
  forEachField(reader, reader.len, field => {
    if (field !== graphOfModel) return false;
    const end = reader.uint32() + reader.pos;
    forEachField(reader, end, inner => {
      if (inner === nodeOfGraph) count++;
      return false;
    });
    return true;
  });
  return count;
}

/** @param read whether it has read the field; it is skipped otherwise */
function forEachField(
  reader: protobuf.Reader,
  end: number,
  read: (field: number) => boolean,
): void {
  while (reader.pos < end) {
    const field = reader.uint32();
    if (!read(field)) reader.skipType(field & 7);
  }
}

function tag(field: number): number {
  return (field << 3) | 2;
}
