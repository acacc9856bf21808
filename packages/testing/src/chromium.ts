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
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium without a window. @throws where there is none */
export async function launchChromium(): Promise<Browser> {
  if (!chromiumPath) throw new Error('there is no Chromium: apt-get install chromium');
  return chromium.launch({ executablePath: chromiumPath, args });
}
