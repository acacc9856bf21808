// Memory of the page of `nads view` while it estimates the NADs of ResNet-18, and tasks that keep its main thread busy, for docs/viewer.md.
// Tasks with the processors that there are; memory where the page is told that there are eight. To be run on an idle machine.
//   npm run script -- tools/docs/viewer-memory.ts [MODEL [NETWORKS]]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '@nads/testing/chromium';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const [model = path('models/resnet18-1x32x32.onnx'), networks = '4'] = process.argv.slice(2);

const pretended = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: 8 });`;
const observed = `
  globalThis.longTasks = [];
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
`;

/** The parent of a process; 0 where it has none. */
const parentOf = (pid: number): number =>
  Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

function isOwn(pid: number): boolean {
  for (let at = pid; at > 1; at = parentOf(at)) if (at === process.pid) return true;
  return false;
}

/** Bytes of a process, of memory that several share its part (PSS); 0 where it is no page of the browser that was started here. */
function pageBytes(pid: number): number {
  try {
    const isPage = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
    if (!isPage || !isOwn(pid)) return 0;
    const memory = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(memory)?.[1] ?? 0);
  } catch {
    return 0; // it ended meanwhile
  }
}

const largestPage = (): number =>
  Math.max(
    ...readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(pid => pageBytes(Number(pid))),
  );

/** Estimates in a page of its own; ends when the last pictures are drawn. */
async function estimated(
  address: string,
  browser: Awaited<ReturnType<typeof launchChromium>>,
  script: string,
): Promise<number[]> {
  const page = await browser.newPage();
  await page.addInitScript(observed + script);
  await page.goto(address);
  await page.locator('details.settings summary').click();
  await page.getByLabel('networks', { exact: true }).fill(networks);
  await page.evaluate('longTasks.length = 0'); // from here on it runs
  await page.setInputFiles('input[type=file]', model);
  await page.getByText(/, done$/).waitFor({ timeout: 1_200_000 });
  await page.waitForTimeout(2000);
  const tasks = await page.evaluate<number[]>('longTasks');
  await page.close();
  return tasks;
}

const server = spawn(process.execPath, [path('packages/cli/bin/nads.js'), 'view', '--no-open']);
const [line] = (await once(server.stdout, 'data')) as [Buffer];
const address = line.toString().trim();
const browser = await launchChromium();
let most = 0;
try {
  const tasks = await estimated(address, browser, '');
  console.log(
    `${basename(model)}, ${networks} networks, ${availableParallelism()} processors:`,
    `${tasks.length} tasks of the main thread over 50 ms, the longest ${Math.max(0, ...tasks)} ms`,
  );
  const samples = setInterval(() => (most = Math.max(most, largestPage())), 500);
  await estimated(address, browser, pretended).finally(() => clearInterval(samples));
  console.log(`told that there are eight processors: ${(most / 1e9).toFixed(2)} GB at most`);
} finally {
  await browser.close();
  server.kill('SIGINT');
}
