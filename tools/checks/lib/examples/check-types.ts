import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../packages/lib/run.ts';
import type { Block } from './blocks.ts';

/** Compiles blocks of TypeScript and JavaScript against the built packages, each as a module of its own. @throws with what the compiler says */
export function checkTypes(root: string, blocks: readonly Block[]): void {
  const place = mkdtempSync(join(tmpdir(), 'nads-examples-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    for (const block of blocks)
      writeFileSync(join(place, fileOf(block)), `${block.code}export {};\n`);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: 'es2023',
      lib: ['es2023', 'dom'],
      module: 'esnext',
      moduleResolution: 'bundler',
      types: ['node'],
    };
    writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
    writeFileSync(
      join(place, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['*.ts'] }),
    );
    run(place, 'node', join(root, 'node_modules/typescript/bin/tsc'), '-p', '.');
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Says where the block is. */
const fileOf = ({ page, line }: Block): string =>
  `${page.replaceAll(/[/.]/g, '-')}-line-${line}.ts`;
