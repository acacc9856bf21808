// Builds the documentation site from README.md, docs, the READMEs of packages and doc comments: tools/site/out/site. A link that leads
// nowhere, to a page or to a place on one, is an error. No network is needed once what it is built with is installed.
//   npm ci --prefix tools/site && npm run docs:build
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packagesOf } from '../checks/lib/package.ts';
import { run } from '../packages/lib/run.ts';
import { contents } from './contents.ts';
import { documentedEntries, writeApi } from './lib/api.ts';
import { deadLinks } from './lib/dead-links.ts';
import { siteConfig } from './lib/site-config.ts';
import { pageFiles, sitePath, stagePages } from './lib/stage-pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = join(root, 'tools/site');
const stage = join(here, 'out/pages');
const site = join(here, 'out/site');

if (!existsSync(join(here, 'node_modules/vitepress')))
  throw new Error('what the site is built with is not installed; run npm ci --prefix tools/site');
rmSync(join(here, 'out'), { recursive: true, force: true });

const pages = pageFiles(root);
requireListed();
stagePages(root, pages, stage);
const entries = documentedEntries(packagesOf(root));
writeApi(here, root, entries, join(stage, 'api'));

mkdirSync(join(stage, '.vitepress'));
const config = siteConfig(root, pages, entries, site);
writeFileSync(
  join(stage, '.vitepress/config.mjs'),
  `import { headingAnchor } from ${JSON.stringify(join(here, 'lib/heading-anchor.mjs'))};
const config = ${JSON.stringify(config, null, 2)};
config.markdown.anchor = { slugify: headingAnchor };
config.markdown.toc = config.markdown.headers = { slugify: headingAnchor };
export default config;
`,
);
run(here, 'node', 'node_modules/vitepress/bin/vitepress.js', 'build', stage);

const dead = deadLinks(site);
for (const link of dead) console.error(link);
console.log(
  `site: ${pages.length} pages, ${entries.length} entries of packages, ${dead.length} dead links`,
);
process.exitCode = dead.length > 0 ? 1 : 0;

/** Every page of docs can be reached from the navigation, and the navigation leads nowhere else. */
function requireListed(): void {
  const listed = contents.flatMap(section => section.entries.map(({ file }) => file));
  const missing = pages
    .filter(page => page.startsWith('docs/') && !page.startsWith('docs/decisions/'))
    .filter(page => !listed.includes(page));
  const unknown = listed.filter(page => !pages.includes(page));
  if (missing.length > 0) throw new Error(`tools/site/contents.ts lacks ${missing.join(', ')}`);
  if (unknown.length > 0)
    throw new Error(`tools/site/contents.ts has ${unknown.join(', ')}: no such page`);
  for (const page of pages) sitePath(page);
}
