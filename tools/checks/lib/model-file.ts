import { fileURLToPath } from 'node:url';

/** A file of the models that come with nads. */
export const model = (name: string): string =>
  fileURLToPath(new URL(`../../../models/${name}.onnx`, import.meta.url));
