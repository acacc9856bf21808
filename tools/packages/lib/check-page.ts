import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { chromiumPath, launchChromium } from '@nads/testing/chromium';
import type { Page } from 'playwright-core';
import type * as Vite from 'vite';

/** What the gradient's size is on onnxruntime-node, too. */
const expected = /^gradient 0\.\d+$/;

/**
 * Serves a page from a project with Vite, as built and from its development server, under a policy that forbids code made from text, and
 * looks at it with Chromium. @returns what the page says, or that there is no browser
 */
export async function checkPage(folder: string, root: string): Promise<string> {
  if (!chromiumPath) return 'skipped: there is no Chromium';
  cpSync(join(root, 'tools/packages/page'), folder, { recursive: true });
  cpSync(join(root, 'models/lenet.onnx'), join(folder, 'public/lenet.onnx'));
  const vite = (await import(
    pathToFileURL(createRequire(join(folder, 'main.js')).resolve('vite')).href
  )) as typeof Vite;
  const place = { root: folder, logLevel: 'error', cacheDir: join(folder, '.vite') } as const;
  await vite.build(place);
  const said: string[] = [];
  for (const serve of [vite.preview, development]) {
    const server = await serve({ ...place, preview: { port: 0 } });
    try {
      said.push(await titleOf(server.resolvedUrls!.local[0]));
    } finally {
      await server.close();
    }
  }
  const wrong = said.find(title => !expected.test(title) || title !== said[0]);
  if (wrong !== undefined) throw new Error(`its pages say: ${said.join('; ')}`);
  return said[0];

  async function development(options: Vite.InlineConfig) {
    const server = await vite.createServer({ ...options, server: { port: 0 } });
    return server.listen();
  }
}

async function titleOf(address: string): Promise<string> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('console', line => line.type() === 'error' && problems.push(line.text()));
    page.on('pageerror', error => problems.push(error.message));
    await page.goto(address);
    const title = await endOf(page);
    if (title === undefined) problems.push('the page does not end');
    return problems.length > 0 ? problems.join('; ') : title!;
  } finally {
    await browser.close();
  }
}

/** The title that a page ends with; it is asked from outside, since the policy holds for what is run in the page, too. */
async function endOf(page: Page): Promise<string | undefined> {
  for (let tenths = 0; tenths < 600; tenths++) {
    const title = await page.title();
    if (title !== 'runs') return title;
    await setTimeout(100);
  }
  return undefined;
}
