import { comparedRuntime, type Runtime } from '@nads/runtime';
import { webRuntime, webRuntimeWith } from '@nads/runtime/web';

/** What runs networks. */
export interface Processor {
  readonly runtime: Runtime;
  /** Workers that are worth having, of so many that are offered. */
  readonly workers: (offered: number) => number;
  /** Why it cannot be used here; undefined where it can. */
  readonly obstacle: () => Promise<string | undefined>;
}

/** Names of processors. */
export type ProcessorName = 'WebAssembly' | 'WebGPU';

/** Processors by name. WebGPU's build of onnxruntime is loaded when its first session is made (docs/decisions/webgpu.md). */
export const processors: Readonly<Record<ProcessorName, Processor>> = {
  WebAssembly: {
    runtime: webRuntime,
    workers: offered => offered,
    obstacle: async () => undefined,
  },
  WebGPU: {
    runtime: webGpuRuntime(),
    workers: offered => Math.min(2, offered), // one draws weights and adds up while the other's network runs
    obstacle: webGpuObstacle,
  },
};

/** Compared with WebAssembly on its first networks. */
function webGpuRuntime(): Runtime {
  let loaded: Promise<Runtime> | undefined;
  return {
    name: `${webRuntime.name} (webgpu)`,
    double: webRuntime, // GPUs have single precision alone
    slowDoubles: true,
    slowSessions: true,
    async createSession(model, options) {
      loaded ??= loadedWebGpu();
      return (await loaded).createSession(model, options);
    },
  };
}

async function loadedWebGpu(): Promise<Runtime> {
  const onnxruntime = await import('onnxruntime-web/webgpu');
  const executionProviders = ['webgpu'];
  return comparedRuntime(webRuntimeWith({ onnxruntime, executionProviders }), webRuntime);
}

/** The part of a browser's WebGPU that is needed. */
interface Gpu {
  requestAdapter(): Promise<object | null>;
}

async function webGpuObstacle(): Promise<string | undefined> {
  const { gpu } = navigator as { readonly gpu?: Gpu };
  if (!gpu) return 'this browser has none';
  return (await gpu.requestAdapter()) ? undefined : 'no adapter';
}
