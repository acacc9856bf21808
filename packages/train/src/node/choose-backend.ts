import { enableProdMode, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import { registerFilterGradient } from './filter-gradient.js';

/** Not there where its native half could not be fetched; named this way, its types are not needed either. */
const native: string = '@tensorflow/tfjs-node';

/** A backend's name, as it registers it. */
export type BackendName = 'tensorflow' | 'wasm' | 'cpu';

/** Backends from fast to slow, and what has to be loaded for each. */
const backends: readonly {
  readonly name: BackendName;
  readonly load: () => Promise<unknown>;
}[] = [
  { name: 'tensorflow', load: () => import(native) },
  {
    name: 'wasm',
    load: async () => {
      await import('@tensorflow/tfjs-backend-wasm');
      registerFilterGradient();
    },
  },
  { name: 'cpu', load: () => import('@tensorflow/tfjs-backend-cpu') },
];

/**
 * Makes TensorFlow.js use the fastest backend that is there: libtensorflow where @tensorflow/tfjs-node has its native half,
 * else WebAssembly, else plain JavaScript.
 * @param wanted only this one. @returns its name. @throws where it cannot be had.
 */
export async function chooseBackend(wanted?: BackendName): Promise<string> {
  enableProdMode(); // without its advice to install another backend
  const failures: string[] = [];
  for (const { name, load } of backends.filter(one => wanted === undefined || one.name === wanted))
    try {
      await load();
      if (await setBackend(name)) {
        await ready();
        return getBackend();
      }
      failures.push(`${name}: it did not start`);
    } catch (error) {
      failures.push(`${name}: ${(error as Error).message.split('\n')[0]}`);
    }
  throw new Error(`no TensorFlow.js backend is available (${failures.join('; ')})`);
}
