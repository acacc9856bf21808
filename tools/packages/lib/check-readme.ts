import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeExample } from '@nads/testing';
import { run } from './run.ts';
import type { Tarball } from './tarballs.ts';

/** Runs the example of the README in the tarball where it is installed, beside `models/lenet.onnx`, and compares what it prints. */
export function checkReadme(folder: string, { name }: Tarball, root: string): void {
  const { code, output } = readmeExample(join(folder, 'node_modules', name, 'README.md'));
  cpSync(join(root, 'models/lenet.onnx'), join(folder, 'models/lenet.onnx'));
  writeFileSync(join(folder, 'example.mjs'), code);
  const printed = run(folder, 'node', 'example.mjs');
  if (printed !== output)
    throw new Error(`the example of its README prints\n${printed}instead of\n${output}`);
}
