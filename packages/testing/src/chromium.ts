import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Debian's Chromium; undefined where there is none. */
export const chromiumPath: string | undefined = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
].find(path => existsSync(path));

/** Nothing that goes on by itself: updates, accounts, requests to elsewhere. */
const args = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** WebGPU on the processor, slow, but everywhere the same. */
const webGpuArgs = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** Starts Chromium without a window. @param webGpu whether it has an adapter for WebGPU. @throws where there is no Chromium */
export async function launchChromium({ webGpu = false } = {}): Promise<Browser> {
  if (!chromiumPath) throw new Error('there is no Chromium: apt-get install chromium');
  const gpu = webGpu ? webGpuArgs : ['--disable-gpu'];
  return chromium.launch({ executablePath: chromiumPath, args: [...args, ...gpu] });
}
