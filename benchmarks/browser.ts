import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { launchChromium } from '@nads/testing/chromium';
import type { Browser } from 'playwright-core';
import { beside } from './lib/beside.ts';
import { shortest } from './lib/shortest.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

const root = new URL('../', import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, root));
const [nads, model] = ['packages/cli/bin/nads.js', 'models/lenet.onnx'].map(path);
const networks = '50';

/** Most tasks of the page's own thread may take while it estimates, in milliseconds. */
const longest = 100;

/** Seconds for the NADs of 50 LeNets on the page of `nads view`, in as many workers as there are cores and in one, beside the command. */
export async function run({ log }: RunOptions): Promise<Outcome> {
  const server = spawn(process.execPath, [nads, 'view', '--no-open']);
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const address = line.toString().trim();
  const browser = await launchChromium();
  try {
    let blocked = 0;
    const onPage = (workers?: number) => async (): Promise<number> => {
      const found = await estimateOnPage(browser, address, workers);
      log(`${workers ?? 'all'} workers: ${found.seconds.toFixed(2)} s`);
      blocked = Math.max(blocked, found.blocked);
      return found.seconds;
    };
    const times = await shortest(3, { command: estimateByCommand, all: onPage(), one: onPage(1) });
    const { command, all = NaN, one = NaN } = times;
    return {
      results: [
        beside('browser-lenet', all, command, { target: 3, own: true, compared: 'nads estimate' }),
        beside('browser-lenet-one-worker', one, command, {
          target: 6,
          own: true,
          compared: 'nads estimate',
        }),
      ],
      notes: [
        `longest task of the page's own thread: ${Math.round(blocked)} ms (target ≤ ${longest} ms)`,
        `for its first paint the page loads ${kilobytes(firstPaint())} (gzip; target ≤ 200 kB)`,
      ],
      peer: `Chromium ${browser.version()}`,
      blas: null,
      comparable: true,
    };
  } finally {
    await browser.close();
    server.kill('SIGINT');
  }
}

async function estimateByCommand(): Promise<number> {
  const out = mkdtempSync(join(tmpdir(), 'nads-browser-'));
  const started = performance.now();
  const words = [
    'estimate',
    model,
    '--networks',
    networks,
    '--seed',
    '1',
    '--out',
    join(out, 'result'),
    '-q',
  ];
  await promisify(execFile)(process.execPath, [nads, ...words]);
  const seconds = (performance.now() - started) / 1000;
  rmSync(out, { recursive: true });
  return seconds;
}

/** Seconds from the drop of a model to its NADs, and the longest task of the page's own thread in milliseconds. */
async function estimateOnPage(browser: Browser, address: string, workers?: number) {
  const page = await browser.newPage();
  await page.addInitScript(observeTasks);
  if (workers)
    await page.addInitScript(
      `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${workers} })`,
    );
  await page.goto(address);
  await page.locator('details.settings summary').click();
  await page.getByLabel('networks', { exact: true }).fill(networks);
  await page.getByLabel('seed').fill('1');
  await page.evaluate('longestTask = 0'); // loading the page is not the estimate's
  const started = performance.now();
  await page.setInputFiles('input[type=file]', model);
  await page.getByText(/, done$/).waitFor({ timeout: 300_000 });
  const seconds = (performance.now() - started) / 1000;
  const blocked = await page.evaluate<number>('longestTask');
  await page.close();
  return { seconds, blocked };
}

/** Keeps the longest task that the browser reports, those of over 50 ms: a script of the page. */
const observeTasks = `
  longestTask = 0;
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  }).observe({ entryTypes: ['longtask'] });
`;

/** Bytes, compressed, of what index.html names. */
function firstPaint(): number {
  const folder = path('packages/viewer/dist/');
  const names = readdirSync(join(folder, 'assets')).filter(name =>
    /^index-.*\.(js|css)$/.test(name),
  );
  const files = ['index.html', ...names.map(name => join('assets', name))];
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
