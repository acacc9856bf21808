import type { Clone } from './clone.ts';
import { packagesOf, type Manifest, type Package } from './package.ts';
import type { Row } from './row.ts';

/** Hashes by task. */
type Hashes = Readonly<Record<string, string>>;

/** A file, and the tasks that read it. */
interface Kind {
  readonly file: string;
  readonly readers: readonly string[];
}

/** Changes a file of every kind; the hashes of the tasks that read it must change, and no others of tests and builds. */
export function* inputKinds(clone: Clone): Generator<Row> {
  const before = hashes(clone);
  yield nothing(before, hashes(clone));
  for (const { file, readers } of kinds(clone, Object.keys(before))) {
    const after = clone.while(
      file,
      bytes => Buffer.concat([bytes, Buffer.from('\n')]),
      () => hashes(clone),
    );
    yield compared(file, readers, changed(before, after));
  }
}

const hashes = (clone: Clone): Hashes =>
  JSON.parse(clone.script('tools/checks/task-hashes.ts')) as Hashes;

const changed = (before: Hashes, after: Hashes): string[] =>
  Object.keys(before).filter(task => before[task] !== after[task]);

/** Without this, hashes that change by themselves would pass for inputs that are seen. */
function nothing(before: Hashes, after: Hashes): Row {
  const tasks = changed(before, after);
  const problem = tasks.length > 0 ? `${tasks.join(', ')} changed by themselves` : '';
  return { what: 'nothing', seen: `${tasks.length} tasks run again`, problem };
}

function compared(file: string, readers: readonly string[], stale: readonly string[]): Row {
  const blind = readers.filter(task => !stale.includes(task));
  const needless = stale.filter(task => isOfPackage(task) && !readers.includes(task));
  const problems = [
    ...(blind.length > 0 ? [`from the cache although they read it: ${blind.join(', ')}`] : []),
    ...(needless.length > 0 ? [`run again although they do not: ${needless.join(', ')}`] : []),
  ];
  return { what: file, seen: `${stale.length} tasks run again`, problem: problems.join('; ') };
}

const isOfPackage = (task: string): boolean => /:(build|test)$/.test(task);

/** One file of each kind, with its readers. @param tasks all that have a cache. */
function kinds(clone: Clone, tasks: readonly string[]): Kind[] {
  const packages = packagesOf(clone.folder);
  const ofPackages = tasks.filter(isOfPackage);
  const tests = tasks.filter(task => task.endsWith(':test'));
  const all = (...files: readonly string[]) => files.map(file => ({ file, readers: ofPackages }));
  const oneOf = (pattern: RegExp, readers: readonly string[]): Kind[] =>
    clone.files
      .filter(file => pattern.test(file))
      .slice(0, 1)
      .map(file => ({ file, readers }));
  const checks = (...names: readonly string[]) => names.map(name => `workspace:${name}`);
  return [
    ...packages.flatMap(given => kindsOf(given, clone, tasks)),
    ...all(
      'package-lock.json',
      'package.json',
      '.npmrc',
      'tsconfig.base.json',
      'nx.json',
      '.gitignore',
    ),
    ...clone.files
      .filter(file => /^(models\/lenet\.onnx|models\/manifest\.json|tools\/jest\/.*)$/.test(file))
      .map(file => ({ file, readers: tests })),
    ...['tsconfig.json', 'tsconfig.test.json', 'tsconfig.script.json', 'tools/tsconfig.json'].map(
      file => ({ file, readers: checks('lint', 'typecheck', 'format') }),
    ),
    { file: '.oxlintrc.json', readers: checks('lint', 'format') },
    { file: '.prettierrc.json', readers: checks('format') },
    { file: '.prettierignore', readers: checks('format') },
    { file: 'LICENSE', readers: checks('format') },
    { file: 'README.md', readers: checks('format') },
    ...oneOf(/^docs\/.*\.md$/, checks('format')),
    ...oneOf(/^benchmarks\/.*\.ts$/, checks('lint', 'typecheck', 'format')),
    ...oneOf(/^tools\/conformance\/.*\.ts$/, checks('lint', 'typecheck', 'format')),
    ...oneOf(/^tools\/typescript\/.*\.mjs$/, checks('lint', 'typecheck', 'format')),
    ...oneOf(/^tools\/ci\/.*\.mjs$/, checks('lint', 'typecheck', 'format')),
  ];
}

/** A source, a test and every other file of a package: what is built of it changes with sources, tests with all. */
function kindsOf(given: Package, clone: Clone, tasks: readonly string[]): Kind[] {
  const { folder, manifest } = given;
  const files = clone.files.filter(file => file.startsWith(`${folder}/`));
  const first = (part: string): string[] =>
    files.filter(file => file.startsWith(`${folder}/${part}/`) && file.endsWith('.ts')).slice(0, 1);
  const others = files.filter(file => !/^packages\/[^/]+\/(src|test)\//.test(file));
  const own = [`${manifest.name}:test`];
  const onward = dependents(clone, manifest.name).flatMap(name => [
    `${name}:build`,
    `${name}:test`,
  ]);
  const checks = ['workspace:lint', 'workspace:typecheck', 'workspace:format'];
  const isOfTests = (file: string): boolean => /\/(test\/.*|jest\.config\.mjs)$/.test(file);
  return [...first('src'), ...first('test'), ...others].map(file => {
    const readers = isOfTests(file) ? own : onward;
    return { file, readers: [...readers, ...checks].filter(task => tasks.includes(task)) };
  });
}

/** The package itself and all that depend on it, directly or not, for its tests or otherwise. */
function dependents(clone: Clone, name: string): string[] {
  const found = new Set([name]);
  const manifests = packagesOf(clone.folder).map(({ manifest }) => manifest);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const manifest of manifests)
      if (namesIn(manifest).some(other => found.has(other))) found.add(manifest.name);
  }
  return [...found];
}

const namesIn = ({ dependencies, optionalDependencies, devDependencies }: Manifest): string[] =>
  Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
