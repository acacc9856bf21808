// Pictures of docs/atlas.md, from the page of the atlas: docs/images/atlas-ladder.png and atlas-map.png.
//   npm run script -- experiments/atlas/site.ts --out=out/atlas experiments/atlas/data
//   npm run script -- tools/docs/atlas.ts out/atlas/index.html
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchChromium } from '@nads/testing/chromium';

const [page] = process.argv.slice(2);
if (page === undefined) throw new Error('give the page that experiments/atlas/site.ts wrote');

/** Files in docs/images, by the names that the page saves its figures under. */
const pictures: Readonly<Record<string, string>> = {
  'ladder-correlations-10.svg': 'atlas-ladder.png',
  'map-subspaces-10.svg': 'atlas-map.png',
};

const browser = await launchChromium();
try {
  const tab = await browser.newPage({
    colorScheme: 'light',
    viewport: { width: 1000, height: 900 },
  });
  await tab.goto(pathToFileURL(resolve(page)).href);
  for (const [saved, file] of Object.entries(pictures))
    await tab
      .locator(`figure:has([data-save="${saved}"]) svg`)
      .screenshot({ path: fileURLToPath(new URL(`../../docs/images/${file}`, import.meta.url)) });
} finally {
  await browser.close();
}
