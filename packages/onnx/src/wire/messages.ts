import type { WireInteger } from './integers.js';

/** The decoded protobuf messages, as far as we look into them; what else they hold travels along. */
export interface ModelMessage {
  irVersion?: WireInteger;
  producerName?: string;
  producerVersion?: string;
  graph?: GraphMessage;
  opsetImport?: OperatorSetMessage[];
  metadataProps?: { key?: string; value?: string }[];
  functions?: FunctionMessage[];
}

export interface OperatorSetMessage {
  domain?: string;
  version?: WireInteger;
}

export interface GraphMessage {
  name?: string;
  node?: NodeMessage[];
  initializer?: TensorMessage[];
  sparseInitializer?: SparseTensorMessage[];
  input?: ValueInfoMessage[];
  output?: ValueInfoMessage[];
  valueInfo?: ValueInfoMessage[];
}

export interface FunctionMessage {
  name?: string;
  domain?: string;
  overload?: string;
  input?: string[];
  output?: string[];
  attribute?: string[];
  attributeProto?: AttributeMessage[];
  node?: NodeMessage[];
  opsetImport?: OperatorSetMessage[];
}

export interface NodeMessage {
  name?: string;
  opType?: string;
  domain?: string;
  overload?: string;
  input?: string[];
  output?: string[];
  attribute?: AttributeMessage[];
}

export interface AttributeMessage {
  name?: string;
  type?: number;
  refAttrName?: string;
  f?: number;
  i?: WireInteger;
  s?: Uint8Array;
  t?: TensorMessage;
  g?: GraphMessage;
  floats?: number[];
  ints?: WireInteger[];
  strings?: Uint8Array[];
  tensors?: TensorMessage[];
  graphs?: GraphMessage[];
  sparseTensor?: SparseTensorMessage;
}

export interface TensorMessage {
  name?: string;
  dims?: WireInteger[];
  dataType?: number;
  rawData?: Uint8Array;
  floatData?: number[];
  int32Data?: number[];
  int64Data?: WireInteger[];
  uint64Data?: WireInteger[];
  doubleData?: number[];
  stringData?: Uint8Array[];
  externalData?: { key?: string; value?: string }[];
  dataLocation?: number;
}

export interface SparseTensorMessage {
  values?: TensorMessage;
  indices?: TensorMessage;
  dims?: WireInteger[];
}

export interface ValueInfoMessage {
  name?: string;
  type?: { tensorType?: TensorTypeMessage };
}

export interface TensorTypeMessage {
  elemType?: number;
  shape?: { dim?: { dimValue?: WireInteger; dimParam?: string }[] };
}
