import type { Clone } from './clone.ts';
import { packagesOf } from './package.ts';
import type { Row } from './row.ts';

/** What `nx affected` makes of one changed file must include every project whose tasks read it. */
export function* affected(clone: Clone): Generator<Row> {
  const all = packagesOf(clone.folder).map(({ manifest }) => manifest.name);
  const tested = all.filter(name => name !== '@nads/viewer'); // the command's tests are its tests
  const readers: Readonly<Record<string, readonly string[]>> = {
    'models/lenet.onnx': all,
    'packages/testing/src/index.ts': tested,
    'packages/cli/bundle.mjs': ['@nads/cli'],
    'packages/cli/bin/nads.js': ['@nads/cli'],
    'tools/jest/preset.mjs': [...tested, 'tools', 'workspace'],
    'tsconfig.base.json': all,
    'package-lock.json': all,
    'benchmarks/run.ts': ['benchmarks', 'workspace'],
    'docs/benchmarks.md': ['workspace'],
  };
  for (const [file, wanted] of Object.entries(readers)) yield row(clone, file, wanted);
}

function row(clone: Clone, file: string, wanted: readonly string[]): Row {
  const { output } = clone.nx(['show', 'projects', '--affected', `--files=${file}`, '--json']);
  const found = JSON.parse(/\[.*\]/s.exec(output)?.[0] ?? '[]') as string[];
  const missing = wanted.filter(name => !found.includes(name));
  return {
    what: `${file}: nx affected`,
    seen: `${found.length} projects`,
    problem: missing.length > 0 ? `lacks ${missing.join(', ')}` : '',
  };
}
