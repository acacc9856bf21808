import { enableProdMode, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';

/**
 * Makes sure that TensorFlow.js has a backend: the one that was chosen before, otherwise plain JavaScript, which runs everywhere
 * and is all that building architectures takes.
 * @returns its name
 */
export async function someBackend(): Promise<string> {
  enableProdMode(); // without its advice to install another backend
  if (!getBackend()) {
    await import('@tensorflow/tfjs-backend-cpu');
    await setBackend('cpu');
  }
  await ready();
  return getBackend();
}
