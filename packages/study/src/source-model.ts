import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  halfTypesOf,
  inSinglePrecision,
  readModel,
  type DataType,
  type ExternalReference,
  type Model,
} from '@nads/onnx';
import { about } from './named-error.js';

/** A model and the file it came from. */
export interface SourceModel {
  /** The file, for messages and results. */
  readonly name: string;
  readonly bytes: number;
  /** Of the model file alone, in hexadecimal; external data is not part of it. */
  readonly sha256: string;
  readonly model: Model;
  /** The output that was chosen of several, which is the model's only one. */
  readonly output?: string;
  /** Types of half precision that the file computes in where the model computes in float32. */
  readonly widened?: readonly DataType[];
}

/** What a model is read with. */
export interface SourceOptions {
  /** Where it is known already. */
  readonly sha256?: string;
  /** Reads what the model keeps in files of its own. */
  readonly external?: (reference: ExternalReference) => Uint8Array;
}

/** A model from the bytes of its file; in single precision where the file is in half. @throws one line that names the file. */
export function sourceModel(
  name: string,
  bytes: Uint8Array,
  { sha256: known, external }: SourceOptions = {},
): SourceModel {
  return {
    name,
    bytes: bytes.length,
    sha256: known ?? digest(bytes),
    ...widened(name, readModel(bytes, name, external)),
  };
}

/** Runtimes lack operators, and all of them precision, in float16 and bfloat16. */
function widened(name: string, model: Model): Pick<SourceModel, 'model' | 'widened'> {
  const types = halfTypesOf(model);
  if (types.length === 0) return { model };
  return { model: about(name, () => inSinglePrecision(model)), widened: types };
}

/** SHA-256 in hexadecimal. */
export const digest = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));
