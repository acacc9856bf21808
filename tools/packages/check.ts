// Packs every package, installs each tarball alone into an empty project, and uses it there: import and require in Node, the declarations
// in strict mode, the example of its README, a page built and served by Vite under a strict policy; the command from its tarball with
// the network cut. Prints what each takes on disk.
//   npm run check:packages      after a build
//   … -- --table                writes the table of docs/packages.md
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { checkCommand } from './lib/check-command.ts';
import { checkImports, checkMissingRuntime } from './lib/check-imports.ts';
import { checkPage } from './lib/check-page.ts';
import { checkReadme } from './lib/check-readme.ts';
import { checkTypes, type Compiler } from './lib/check-types.ts';
import { entries } from './lib/entries.ts';
import { run } from './lib/run.ts';
import { borrow, installed, megabytes } from './lib/stranger.ts';
import { sizeTable, type Sizes } from './lib/size-table.ts';
import { siblings, tarballs, type Tarball } from './lib/tarballs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'nads-packages-'));
const attw = join(root, 'tools/release/node_modules/@arethetypeswrong/cli/dist/index.js');
if (!existsSync(attw))
  console.log(
    'skipped: types are not looked at by arethetypeswrong; npm ci --prefix tools/release',
  );
const own = { name: 'TypeScript 7', tsc: join(root, 'node_modules/typescript/bin/tsc') };

/** Oldest and newest compilers of the generation before, fetched because their programs have the same name as that of the repository. */
function olderCompilers(): Compiler[] {
  const folder = join(place, 'compilers');
  const versions = ['5.4.5', '5.9.3'];
  const wanted = versions.map(version => `typescript-${version}@npm:typescript@${version}`);
  run(place, 'npm', 'install', '--prefix', folder, '--prefer-offline', '--no-audit', ...wanted);
  return versions.map(version => ({
    name: `TypeScript ${version}`,
    tsc: join(folder, `node_modules/typescript-${version}/bin/tsc`),
  }));
}

async function check(tarball: Tarball, all: readonly Tarball[]): Promise<Sizes> {
  const { name, size } = tarball;
  for (const file of ['LICENSE', 'README.md', 'package.json'])
    if (!tarball.files.includes(file)) throw new Error(`its tarball lacks ${file}`);
  await requireTidy(tarball);
  if (name !== '@nads/cli') requireTypes(tarball); // it has a program and no entries
  const folder = join(place, name.replace('/', '-'));
  if (name === '@nads/cli') return { name, packed: size, installed: checkCommand(folder, tarball) };
  installed(folder, tarball, all);
  const sizes = { name, packed: size, installed: megabytes(join(folder, 'node_modules')) };
  checkImports(folder, tarball);
  const here = [tarball, ...siblings(tarball, all)];
  const names = here.map(one => one.name);
  if (names.includes('@nads/runtime')) {
    checkMissingRuntime(folder);
    borrow(folder, root, 'onnxruntime-node');
  }
  checkReadme(folder, tarball, root);
  borrow(folder, root, '@types/node');
  checkTypes(folder, entries(tarball), own);
  const isNeeded = all.some(other => siblings(other, all).includes(tarball));
  if (!isNeeded) for (const one of olderCompilers()) checkAll(folder, here, one);
  if (name === '@nads/runtime') {
    borrow(folder, root, 'vite');
    console.log(`  page: ${await checkPage(folder, root)}`);
  }
  return sizes;
}

/** The declarations of a package that no other needs, and of all that it needs itself. */
function checkAll(folder: string, here: readonly Tarball[], compiler: Compiler): void {
  checkTypes(folder, here.flatMap(entries), compiler);
  console.log(`  ${compiler.name}: declarations of ${here.length} packages`);
}

async function requireTidy({ file }: Tarball): Promise<void> {
  const { messages } = await publint({ pack: { tarball: readFileSync(file).buffer } });
  const [first] = messages;
  if (first) throw new Error(`publint: ${JSON.stringify(first)}`);
}

/** Types of all entries are found, and are those of the code that is loaded: by bundlers and by `import` in Node (arethetypeswrong). */
function requireTypes({ file }: Tarball): void {
  if (!existsSync(attw)) return;
  run(
    place,
    'node',
    attw,
    file,
    '--profile',
    'esm-only',
    '--format',
    'ascii',
    '--no-emoji',
    '--no-color',
  );
}

const failures: string[] = [];
const sizes: Sizes[] = [];
try {
  const all = tarballs(root, place);
  for (const tarball of all)
    try {
      const begun = performance.now();
      sizes.push(await check(tarball, all));
      const seconds = ((performance.now() - begun) / 1000).toFixed(0);
      console.log(`ok   ${tarball.name}, ${sizes.at(-1)!.installed} MB, ${seconds} s`);
    } catch (error) {
      failures.push(tarball.name);
      console.log(`FAIL ${tarball.name}: ${(error as Error).message}`);
    }
} finally {
  rmSync(place, { recursive: true, force: true });
}
if (process.argv.includes('--table')) writeTable();
console.log(`packages: ${sizes.length} usable by themselves, ${failures.length} not`);
process.exitCode = failures.length > 0 ? 1 : 0;

function writeTable(): void {
  const page = join(root, 'docs/packages.md');
  const text = readFileSync(page, 'utf8');
  const [from, to] = ['<!-- generated by tools/packages/check.ts -->', '<!-- end -->'];
  const [before, rest] = text.split(from);
  writeFileSync(page, `${before}${from}\n\n${sizeTable(sizes)}\n\n${to}${rest.split(to)[1]}`);
}
