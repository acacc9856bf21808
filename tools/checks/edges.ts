// Checks that every import between packages, and of packages from elsewhere, is declared where Nx, npm and tsc look: in
// package.json and in the references of tsconfig.json. What is not declared, Nx does not see: a change behind it
// would leave results in the cache that are not true any more. Checks also that npm runs no install script for nothing.
//   npm run check:edges
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf } from './lib/imports.ts';
import { packagesOf, readJson, type Manifest, type Package } from './lib/package.ts';

/** The parts of tsconfig.json that matter here. */
interface Config {
  readonly references?: readonly { readonly path: string }[];
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean } | undefined>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = packagesOf(root);
const workspace = readJson(join(root, 'package.json')) as Manifest;

function problemsOf(given: Package): string[] {
  const { folder, manifest } = given;
  const { shipped, all } = importsOf(join(root, folder));
  const [installed, available] = declared(manifest);
  const file = join(folder, 'package.json');
  return [
    ...[...shipped]
      .filter(undeclared(installed, manifest))
      .map(name => `${file}: 'dependencies' lack ${name}, which src imports`),
    ...[...all]
      .filter(name => !shipped.has(name))
      .filter(undeclared(available, manifest))
      .map(name => `${file}: 'devDependencies' lack ${name}, which tests or scripts import`),
    ...missingReferences(given, shipped),
  ];
}

/**
 * What somebody who installs the package gets, and what the repository's own scripts and tests may use. A package that hands out no
 * files of its own but a bundle has everything in it.
 */
function declared(manifest: Manifest): [Set<string>, Set<string>] {
  const { dependencies, optionalDependencies, peerDependencies, devDependencies } = manifest;
  const bundled = manifest.files?.includes('dist') === false ? devDependencies : {};
  const installed = { ...dependencies, ...optionalDependencies, ...peerDependencies, ...bundled };
  const available = { ...installed, ...devDependencies, ...workspace.devDependencies };
  return [new Set(Object.keys(installed)), new Set(Object.keys(available))];
}

const undeclared =
  (known: ReadonlySet<string>, { name }: Manifest) =>
  (imported: string): boolean =>
    !known.has(imported) && imported !== name;

/** Packages of the repository that src imports and that `tsc -b` is not told to build before. */
function missingReferences({ folder, manifest }: Package, shipped: ReadonlySet<string>): string[] {
  const { references = [] } = readJson(join(root, folder, 'tsconfig.json')) as Config;
  const built = new Set(references.map(({ path }) => join(folder, path)));
  return packages
    .filter(other => shipped.has(other.manifest.name) && other.manifest.name !== manifest.name)
    .filter(other => !built.has(other.folder))
    .map(other => `${folder}/tsconfig.json: 'references' lack ../${other.folder.split('/')[1]}`);
}

/** Packages that `npm run build` leaves out. */
function unbuilt(): string[] {
  const { references = [] } = readJson(join(root, 'tsconfig.json')) as Config;
  const built = new Set(references.map(({ path }) => path));
  return packages
    .filter(({ folder }) => !built.has(folder))
    .map(({ folder }) => `tsconfig.json: 'references' lack ${folder}`);
}

/** Packages whose install script only downloads what is not used: npm 10 runs it unless the lock is silent. */
const unneededScripts = ['node_modules/onnxruntime-node'];

function scriptsThatRun(): string[] {
  const { packages: locked } = readJson(join(root, 'package-lock.json')) as Lock;
  return unneededScripts
    .filter(name => locked[name]?.hasInstallScript)
    .map(name => `package-lock.json: remove 'hasInstallScript' of ${name}`);
}

const problems = [...packages.flatMap(problemsOf), ...unbuilt(), ...scriptsThatRun()];
for (const problem of problems) console.error(problem);
console.log(`edges: ${packages.length} packages, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
