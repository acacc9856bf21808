/** A field of a message. */
export interface Field {
  readonly id: number;
  /** A scalar, or the name of a message. */
  readonly type: string;
  readonly isRepeated?: boolean;
  /** Whether its numbers are written one behind the other; either way they are read. */
  readonly isPacked?: boolean;
}

/** Fields of a message by name. */
export type Fields = Readonly<Record<string, Field>>;

const one = (id: number, type: string): Field => ({ id, type });
const many = (id: number, type: string): Field => ({ id, type, isRepeated: true });
const packed = (id: number, type: string): Field => ({ ...many(id, type), isPacked: true });

/**
 * The messages of the ONNX interchange format, IR version 3 and up. A field that is there and zero differs from one that is not, as in
 * proto2: free sizes and sizes of 0. Enumerations are plain integers: a value that we do not know must survive a round trip.
 * Source: onnx.proto of the ONNX project; field numbers never change.
 */
export const messages = {
  ModelProto: {
    irVersion: one(1, 'int64'),
    producerName: one(2, 'string'),
    producerVersion: one(3, 'string'),
    domain: one(4, 'string'),
    modelVersion: one(5, 'int64'),
    docString: one(6, 'string'),
    graph: one(7, 'GraphProto'),
    opsetImport: many(8, 'OperatorSetIdProto'),
    metadataProps: many(14, 'StringStringEntryProto'),
    functions: many(25, 'FunctionProto'),
  },
  OperatorSetIdProto: { domain: one(1, 'string'), version: one(2, 'int64') },
  StringStringEntryProto: { key: one(1, 'string'), value: one(2, 'string') },
  GraphProto: {
    node: many(1, 'NodeProto'),
    name: one(2, 'string'),
    initializer: many(5, 'TensorProto'),
    docString: one(10, 'string'),
    input: many(11, 'ValueInfoProto'),
    output: many(12, 'ValueInfoProto'),
    valueInfo: many(13, 'ValueInfoProto'),
    quantizationAnnotation: many(14, 'TensorAnnotation'),
    sparseInitializer: many(15, 'SparseTensorProto'),
    metadataProps: many(16, 'StringStringEntryProto'),
  },
  NodeProto: {
    input: many(1, 'string'),
    output: many(2, 'string'),
    name: one(3, 'string'),
    opType: one(4, 'string'),
    attribute: many(5, 'AttributeProto'),
    docString: one(6, 'string'),
    domain: one(7, 'string'),
    overload: one(8, 'string'),
    metadataProps: many(9, 'StringStringEntryProto'),
  },
  AttributeProto: {
    name: one(1, 'string'),
    f: one(2, 'float'),
    i: one(3, 'int64'),
    s: one(4, 'bytes'),
    t: one(5, 'TensorProto'),
    g: one(6, 'GraphProto'),
    floats: many(7, 'float'),
    ints: many(8, 'int64'),
    strings: many(9, 'bytes'),
    tensors: many(10, 'TensorProto'),
    graphs: many(11, 'GraphProto'),
    docString: one(13, 'string'),
    tp: one(14, 'TypeProto'),
    typeProtos: many(15, 'TypeProto'),
    type: one(20, 'int32'),
    refAttrName: one(21, 'string'),
    sparseTensor: one(22, 'SparseTensorProto'),
    sparseTensors: many(23, 'SparseTensorProto'),
  },
  TensorProto: {
    dims: many(1, 'int64'),
    dataType: one(2, 'int32'),
    segment: one(3, 'Segment'),
    floatData: packed(4, 'float'),
    int32Data: packed(5, 'int32'),
    stringData: many(6, 'bytes'),
    int64Data: packed(7, 'int64'),
    name: one(8, 'string'),
    rawData: one(9, 'bytes'),
    doubleData: packed(10, 'double'),
    uint64Data: packed(11, 'uint64'),
    docString: one(12, 'string'),
    externalData: many(13, 'StringStringEntryProto'),
    dataLocation: one(14, 'int32'),
    metadataProps: many(16, 'StringStringEntryProto'),
  },
  Segment: { begin: one(1, 'int64'), end: one(2, 'int64') },
  SparseTensorProto: {
    values: one(1, 'TensorProto'),
    indices: one(2, 'TensorProto'),
    dims: many(3, 'int64'),
  },
  TensorAnnotation: {
    tensorName: one(1, 'string'),
    quantParameterTensorNames: many(2, 'StringStringEntryProto'),
  },
  ValueInfoProto: {
    name: one(1, 'string'),
    type: one(2, 'TypeProto'),
    docString: one(3, 'string'),
    metadataProps: many(4, 'StringStringEntryProto'),
  },
  TypeProto: {
    tensorType: one(1, 'TensorType'),
    sequenceType: one(4, 'SequenceType'),
    mapType: one(5, 'MapType'),
    denotation: one(6, 'string'),
    sparseTensorType: one(8, 'TensorType'),
    optionalType: one(9, 'SequenceType'),
  },
  TensorType: { elemType: one(1, 'int32'), shape: one(2, 'TensorShapeProto') },
  SequenceType: { elemType: one(1, 'TypeProto') },
  MapType: { keyType: one(1, 'int32'), valueType: one(2, 'TypeProto') },
  TensorShapeProto: { dim: many(1, 'Dimension') },
  Dimension: {
    dimValue: one(1, 'int64'),
    dimParam: one(2, 'string'),
    denotation: one(3, 'string'),
  },
  FunctionProto: {
    name: one(1, 'string'),
    input: many(4, 'string'),
    output: many(5, 'string'),
    attribute: many(6, 'string'),
    node: many(7, 'NodeProto'),
    docString: one(8, 'string'),
    opsetImport: many(9, 'OperatorSetIdProto'),
    domain: one(10, 'string'),
    attributeProto: many(11, 'AttributeProto'),
    valueInfo: many(12, 'ValueInfoProto'),
    overload: one(13, 'string'),
    metadataProps: many(14, 'StringStringEntryProto'),
  },
} as const satisfies Readonly<Record<string, Fields>>;

/** The name of a message. */
export type MessageName = keyof typeof messages;
