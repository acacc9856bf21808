// Checks every block of code in README.md, docs, READMEs of packages and other pages: commands marked <!-- run --> are run with a LeNet, and
// what is shown below them is what they print, but for figures; TypeScript and JavaScript compile against the built packages; JSON parses; scripts and files
// that are named with `npm run` are there. A block that nothing of this checks is marked with the test that runs it, <!-- run by FILE -->, or
// with the reason, <!-- not run: REASON -->. That all other commands of nads parse is a test of the command (packages/cli/test/docs.test.ts).
//   npm run check:examples      after a build
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseExperiment } from '@nads/pipeline';
import { pageFiles } from '../site/lib/stage-pages.ts';
import { blocksOf, type Block } from './lib/examples/blocks.ts';
import { checkTypes } from './lib/examples/check-types.ts';
import { npmProblems } from './lib/examples/npm-problems.ts';
import { runBlocks } from './lib/examples/run-blocks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const texts = pageFiles(root).map(page => [page, readFileSync(join(root, page), 'utf8')] as const);
const pages = texts.map(([page, text]) => blocksOf(page, text));
const blocks = pages.flat();

/** How a block is checked, for the summary. @throws where it is not */
function checked(block: Block): string {
  const { page, line, language, code, mark } = block;
  if (mark?.startsWith('not run: ')) return 'not run, with the reason';
  if (mark?.startsWith('run by ')) return requireThere(block, mark.slice('run by '.length));
  if (mark === 'run') return 'run';
  if (isReadmeExample(block)) return 'run by a test';
  if (language === 'ts' || language === 'js') return 'compiled';
  if (language === 'json') return requireJson(code);
  if (language === 'text' || language === 'mermaid') return 'shown: output, pictures';
  if (language === 'indented')
    return /^(npx )?(nads|npm)\b/.test(code) ? 'parsed' : 'shown: output, pictures';
  throw new Error(
    `${page}:${line}: nothing runs this ${language}; mark it with <!-- run by FILE --> or <!-- not run: REASON -->`,
  );
}

/** The first example of a package's README is run by the package's readme.test.ts. */
const isReadmeExample = ({ page, language }: Block): boolean =>
  language === 'js' && /^packages\/\w+\/README\.md$/.test(page);

function requireThere({ page, line }: Block, file: string): string {
  if (existsSync(join(root, file))) return 'run by a test';
  throw new Error(`${page}:${line}: there is no ${file}`);
}

function requireJson(code: string): string {
  if (code.includes('experiment.schema.json')) parseExperiment('the example', code);
  else JSON.parse(code);
  return 'parsed';
}

const attempts: (() => void)[] = [
  () =>
    checkTypes(
      root,
      blocks.filter(block => checked(block) === 'compiled'),
    ),
  ...pages
    .filter(page => page.some(({ mark }) => mark === 'run'))
    .map(page => () => runBlocks(root, page)),
];
const problems = texts.flatMap(([page, text]) => npmProblems(root, page, text));
const counts = new Map<string, number>();
for (const block of blocks) attempt(() => count(checked(block)));
if (problems.length === 0) attempts.forEach(attempt);
for (const problem of problems) console.error(problem);
const summary = Array.from(counts, ([what, n]) => `${n} ${what}`);
console.log(
  `examples: ${blocks.length} blocks of ${pages.length} pages (${summary.join(', ')}), ${problems.length} problems`,
);
process.exitCode = problems.length > 0 ? 1 : 0;

function count(what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    problems.push((error as Error).message);
  }
}
