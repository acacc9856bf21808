import type { Clone } from './clone.ts';
import { dependentsOf } from './dependents.ts';
import { packagesOf, type Package } from './package.ts';

/** A file, and the tasks that read it. */
export interface Kind {
  readonly file: string;
  readonly readers: readonly string[];
  /** Further tasks that may run again, because a package says that it needs another without importing it. */
  readonly allowed?: readonly string[];
}

/** One file of each kind that tasks read. @param tasks all that have a cache. */
export const kinds = (clone: Clone, tasks: readonly string[]): Kind[] => [
  ...packagesOf(clone.folder).flatMap(given => ofPackage(given, clone, tasks)),
  ...ofAll(clone, tasks),
  ...ofChecks(clone),
];

/** What everything depends on, and what tests share. */
function ofAll(clone: Clone, tasks: readonly string[]): Kind[] {
  const all = ['package-lock.json', 'package.json', 'tsconfig.base.json', 'nx.json'];
  const shared = clone.files.filter(file =>
    /^(models\/manifest\.json|tools\/jest\/.*|examples\/.*|README\.md)$/.test(file),
  );
  const tests = tasks.filter(task => task.endsWith(':test'));
  return [
    ...read(all, tasks.filter(isOfPackage)),
    ...read(shared, tests),
    ...read(['models/lenet.onnx'], [...tests, ...withModels]),
  ];
}

/** The page of `nads view` has the models in it, and the command the page. */
const withModels = ['@nads/viewer:build', '@nads/cli:build'];

const isOfPackage = (task: string): boolean => /:(build|test)$/.test(task);

const read = (files: readonly string[], readers: readonly string[]): Kind[] =>
  files.map(file => ({ file, readers }));

/** What only lint, types and format look at. */
function ofChecks(clone: Clone): Kind[] {
  const [lint, typecheck, format] = code;
  const first = (pattern: RegExp): string[] =>
    clone.files.filter(file => pattern.test(file)).slice(0, 1);
  const configurations = ['tsconfig.json', 'tsconfig.test.json', 'tsconfig.script.json'];
  const scripts = [/^tools\/conformance\/.*\.ts$/, /^tools\/ci\/.*\.mjs$/];
  return [
    ...read([...configurations, 'tools/tsconfig.json'], [lint, typecheck, format]),
    ...read(first(/^benchmarks\/.*\.ts$/), ['benchmarks:test', lint, typecheck, format]),
    ...read(scripts.flatMap(first), [lint, typecheck, format]),
    ...read(['.oxlintrc.json'], [lint, format]),
    ...read(['.prettierrc.json', '.prettierignore', 'LICENSE'], [format]),
    ...read(first(/^docs\/.*\.md$/), [format]),
  ];
}

/** Tasks that look at all code, the last one at text as well. */
const code = ['workspace:lint', 'workspace:typecheck', 'workspace:format'];

const checksOf = (file: string): readonly string[] =>
  /\.[mc]?[jt]s$|\/(package|tsconfig[^/]*)\.json$/.test(file) ? code : code.slice(-1);

/** A source, a test and every other file of a package: who needs it builds with all but its tests. */
function ofPackage({ folder, manifest }: Package, clone: Clone, tasks: readonly string[]): Kind[] {
  const { byImport, byDeclaration } = dependentsOf(clone.folder, manifest.name);
  return examples(clone, folder).map(file => {
    const isOfTests = /\/(test\/.*|jest\.config\.mjs)$/.test(file);
    const readers = isOfTests ? [`${manifest.name}:test`] : tasksOf(byImport);
    return {
      file,
      readers: [...readers, ...checksOf(file)].filter(task => tasks.includes(task)),
      allowed: isOfTests ? [] : tasksOf(byDeclaration),
    };
  });
}

const tasksOf = (names: readonly string[]): string[] =>
  names.flatMap(name => [`${name}:build`, `${name}:test`]);

function examples(clone: Clone, folder: string): string[] {
  const files = clone.files.filter(file => file.startsWith(`${folder}/`));
  const first = (part: string): string[] =>
    files.filter(file => file.startsWith(`${folder}/${part}/`) && file.endsWith('.ts')).slice(0, 1);
  const others = files.filter(file => !/^packages\/[^/]+\/(src|test)\//.test(file));
  return [...first('src'), ...first('test'), ...others];
}
