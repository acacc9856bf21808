import type { InferenceSession } from 'onnxruntime-common';
import { comparedRuntime } from './compared-runtime.js';
import { nativeOnnxRuntime } from './node/native-onnxruntime.js';
import { requireProvider } from './node/require-provider.js';
import { createOnnxRuntimeSession } from './onnxruntime-session.js';
import type { Provider } from './provider.js';
import type { Runtime, SessionOptions } from './session.js';

// onnxruntime reads it when the first session is made: else it keeps an identifier in the home folder and sends figures to its makers
process.env.ORT_DISABLE_TELEMETRY ??= '1';

const onnxruntime = nativeOnnxRuntime();

const build = (): string => `onnxruntime-node ${onnxruntime().env.versions.node ?? ''}`.trim();

/** Threads do not spin while they wait: with several sessions side by side spinning costs up to twelve times (docs/decisions/runtime.md). */
const settings = (
  { threads = 0, planMemory = true }: SessionOptions,
  provider: Provider,
): InferenceSession.SessionOptions => ({
  executionProviders: [provider],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  enableMemPattern: planMemory,
  logSeverityLevel: 4, // what goes wrong is thrown
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});

/** onnxruntime's native build on the processor, of the package onnxruntime-node, without which making a session fails. */
export const nodeRuntime: Runtime = {
  get name() {
    return build();
  },
  createSession: async (model, options = {}) =>
    createOnnxRuntimeSession(onnxruntime(), model, options, settings(options, 'cpu')),
};

/**
 * onnxruntime's native build on an execution provider, which its name states. Operators that the provider lacks run on the processor. What the first sessions compute is compared with
 * the processor: making a session fails where the provider is not there, the first run where they do not agree as far as single precision goes.
 */
export function nodeRuntimeWith({ provider = 'cpu' }: { readonly provider?: Provider }): Runtime {
  if (provider === 'cpu') return nodeRuntime;
  const accelerated: Runtime = {
    get name() {
      return `${build()} (${provider})`;
    },
    async createSession(model, options = {}) {
      requireProvider(provider, onnxruntime().listSupportedBackends(), build());
      try {
        return await createOnnxRuntimeSession(
          onnxruntime(),
          model,
          options,
          settings(options, provider),
        );
      } catch (error) {
        const { message } = error as Error;
        throw new Error(`provider '${provider}' cannot run this model here (${message}); use cpu`, {
          cause: error,
        });
      }
    },
  };
  return comparedRuntime(accelerated, nodeRuntime);
}
