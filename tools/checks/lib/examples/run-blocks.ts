import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../packages/lib/run.ts';
import type { Block } from './blocks.ts';
import { shellWords } from './shell-words.ts';

/**
 * Runs blocks of one page, whose lines are commands of `nads`, in a folder with a LeNet as `model.onnx`; what a block prints is compared with the block of
 * text behind it, where there is one, but for its figures.
 * @param blocks all of the page. @throws with what a command says, or printed instead
 */
export function runBlocks(root: string, blocks: readonly Block[]): void {
  const place = mkdtempSync(join(tmpdir(), 'nads-examples-'));
  try {
    cpSync(join(root, 'models/lenet.onnx'), join(place, 'model.onnx'));
    blocks.forEach((block, i) => {
      if (block.mark !== 'run') return;
      const printed = commandsOf(block)
        .map(words => nads(root, place, words))
        .join('');
      const next = blocks[i + 1];
      if (next?.language === 'text') requireAlike(printed, next);
    });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function commandsOf({ page, line, code }: Block): string[][] {
  return code
    .trimEnd()
    .split('\n')
    .map(text => {
      const [first, ...words] = shellWords(text.replace(/\s+#.*$/, ''));
      if (first !== 'nads') throw new Error(`${page}:${line}: '${text}' is no command of nads`);
      return words;
    });
}

const nads = (root: string, place: string, words: readonly string[]): string =>
  run(place, 'node', join(root, 'packages/cli/bin/nads.js'), ...words);

function requireAlike(printed: string, { page, line, code }: Block): void {
  const [given, wanted] = [printed, code].map(text =>
    text.trimEnd().replaceAll(/\d[\d.]*(e-?\d+)?/g, '0'),
  );
  if (given !== wanted)
    throw new Error(`${page}:${line}: it prints\n${printed}instead of\n${code}`);
}
