import { createRequire } from 'node:module';
import { missingRuntime } from './missing-runtime.js';

type Native = typeof import('onnxruntime-node');

/** Where it may be: in a folder beside this code, into which a program that is handed out as one puts its own; else where packages are. */
const places = ['./onnxruntime/', './'];

/**
 * onnxruntime-node, which is not installed with this package: a browser has no use for its 280 MB, and its install script fails where
 * it may not download.
 * @returns what gives it, once it has been looked for. @throws then, where there is none, saying what to install
 */
export function nativeOnnxRuntime(): () => Native {
  let failure: unknown;
  for (const place of places)
    try {
      const native = createRequire(new URL(place, import.meta.url))('onnxruntime-node') as Native;
      return () => native;
    } catch (error) {
      failure = error;
    }
  return () => {
    throw missingRuntime(failure as NodeJS.ErrnoException);
  };
}
