import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

/** A compiler: what its files are called in a project, and its tsc. */
export interface Compiler {
  readonly name: string;
  readonly tsc: string;
}

/** Types of Node are there for entries that need Node, and for none else. */
const needsNode = (entry: string): boolean => /\/(node|workers|thread-pool|data-help)$/.test(entry);

/** Checks the declarations of entries in strict mode, those of libraries not left out, both for Node and for bundlers. */
export function checkTypes(folder: string, entries: readonly string[], { tsc }: Compiler): void {
  const strict = entries.filter(entry => entry !== '@nads/train/layers'); // of TensorFlow.js's own, which do not pass
  const anywhere = strict.filter(entry => !needsNode(entry));
  check(folder, tsc, anywhere, { module: 'nodenext', types: [] });
  check(folder, tsc, anywhere, { module: 'esnext', moduleResolution: 'bundler', types: [] });
  const onNode = strict.filter(needsNode);
  if (onNode.length > 0) check(folder, tsc, onNode, { module: 'nodenext', types: ['node'] });
}

function check(folder: string, tsc: string, entries: readonly string[], options: object): void {
  const lines = entries.map((entry, i) => `export * as entry${i} from '${entry}';\n`);
  writeFileSync(join(folder, 'types.ts'), lines.join(''));
  const config = {
    compilerOptions: {
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      target: 'es2022',
      ...options,
    },
    files: ['types.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  run(folder, 'node', tsc, '-p', '.');
}
