import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { readModel, type ExternalReference, type Model } from '@nads/onnx';

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
}

/** What a model is read with. */
export interface SourceOptions {
  /** Where it is known already. */
  readonly sha256?: string;
  /** Reads what the model keeps in files of its own. */
  readonly external?: (reference: ExternalReference) => Uint8Array;
}

/** A model from the bytes of its file. @throws one line that names the file. */
export function sourceModel(
  name: string,
  bytes: Uint8Array,
  { sha256: known, external }: SourceOptions = {},
): SourceModel {
  return {
    name,
    bytes: bytes.length,
    sha256: known ?? digest(bytes),
    model: readModel(bytes, name, external),
  };
}

/** SHA-256 in hexadecimal. */
export const digest = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));
