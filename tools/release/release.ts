// Packs every package as it would be published, in the order in which they need each other.
//   npm run release -- --dry-run        prints what would be published; publishes nothing, asks no registry
//   npm run release -- --publish        publishes, after a clean checkout and npm run check:packages
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../packages/lib/run.ts';
import { siblings, tarballs, type Tarball } from '../packages/lib/tarballs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [mode, ...others] = process.argv.slice(2);
if ((mode !== '--dry-run' && mode !== '--publish') || others.length > 0)
  throw new Error('say npm run release -- --dry-run, or -- --publish');

/** Handed out as a file: it holds the libraries of one platform (docs/decisions/bundle.md). */
const asFile = '@nads/cli';

const place = mkdtempSync(join(tmpdir(), 'nads-release-'));
try {
  const all = inOrder(tarballs(root, place));
  const version = oneVersion(all);
  for (const tarball of all) console.log(lineOf(tarball));
  const waiting = readdirSync(join(root, '.changeset')).filter(isChange);
  console.log(
    `version ${version}; ${waiting.length} changes wait in .changeset${waiting.map(name => `\n  ${name}`).join('')}`,
  );
  if (mode === '--publish') publish(all, version, waiting);
  else console.log('nothing was published');
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** Those that a package needs come before it. */
function inOrder(all: readonly Tarball[]): Tarball[] {
  return all.toSorted((a, b) => siblings(a, all).length - siblings(b, all).length);
}

/** @throws where packages have several */
function oneVersion(all: readonly Tarball[]): string {
  const versions = new Set(all.map(({ manifest }) => manifest.version));
  if (versions.size === 1) return [...versions][0];
  throw new Error(
    `packages have versions ${[...versions].join(', ')}; run npm run changeset -- version`,
  );
}

function lineOf({ name, manifest, files, size }: Tarball): string {
  const to = name === asFile ? 'a file' : 'published';
  const megabytes = `${(size / 1e6).toFixed(2)} MB`;
  return `${name.padEnd(16)} ${manifest.version}  ${megabytes.padStart(8)}  ${String(files.length).padStart(5)} files  ${to}`;
}

function publish(all: readonly Tarball[], version: string, waiting: readonly string[]): void {
  if (waiting.length > 0) throw new Error('changes wait; run npm run changeset -- version first');
  if (run(root, 'git', 'status', '--porcelain') !== '')
    throw new Error('commit what was changed first');
  for (const { name, file } of all) {
    if (name === asFile) continue;
    run(root, 'npm', 'publish', '--access', 'public', file);
    console.log(`published ${name} ${version}`);
  }
}

/** @param name of a file in .changeset */
function isChange(name: string): boolean {
  return name.endsWith('.md') && name !== 'README.md';
}
