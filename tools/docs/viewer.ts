// Pictures of the page of `nads view` with the NADs of LeNet, narrow and wide, light and dark: docs/images/viewer-*.png.
//   npm run script -- tools/docs/viewer.ts
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '@nads/testing/chromium';

const root = new URL('../../', import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, root));

const server = spawn(process.execPath, [path('packages/cli/bin/nads.js'), 'view', '--no-open']);
const [line] = (await once(server.stdout, 'data')) as [Buffer];
const browser = await launchChromium();
try {
  for (const [width, colorScheme] of [
    [360, 'light'],
    [360, 'dark'],
    [1440, 'light'],
    [1440, 'dark'],
  ] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
    await page.goto(line.toString().trim());
    await page.locator('details.settings summary').click();
    await page.getByLabel('networks', { exact: true }).fill('10');
    await page.setInputFiles('input[type=file]', path('models/lenet.onnx'));
    await page.getByText(/, done$/).waitFor({ timeout: 120_000 });
    await page.locator('details.settings summary').click();
    await page.screenshot({
      path: path(`docs/images/viewer-${width}-${colorScheme}.png`),
      fullPage: true,
    });
    await page.close();
  }
} finally {
  await browser.close();
  server.kill('SIGINT');
}
