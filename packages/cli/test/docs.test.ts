import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { nadsProgram } from '../src/program.js';
import { lateRequirements } from '../src/terminal/late-requirements.js';

const root = new URL('../../../', import.meta.url);
const pagesBelow = (folder: string): string[] =>
  readdirSync(fileURLToPath(new URL(folder, root)), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}${name}`);
const pages = [
  'README.md',
  ...pagesBelow('docs/'),
  ...readdirSync(new URL('packages/', root))
    .map(name => `packages/${name}/README.md`)
    .filter(file => existsSync(new URL(file, root))),
];

/** Commands in indented blocks, without comments and what their output goes to. */
const commandsIn = (text: string): string[] =>
  Array.from(
    text
      .replaceAll(/ \\\n\s*/g, ' ')
      .matchAll(/^(?: {2}| {4})(?:.*&& )?(?:npx )?nads (.*?)(?: +# .*| \| .*)?$/gm),
    ([, args]) => args,
  );

/** Whole commands inside paragraphs: with arguments and options, and nothing left out. */
const commandsInside = (text: string): string[] =>
  Array.from(text.matchAll(/`nads ([a-z]+ [^-`…][^`…]* -[^`…]*)`/g), ([, args]) =>
    args.replaceAll(/\s+/g, ' '),
  );

const readPage = (page: string): string => readFileSync(new URL(page, root), 'utf8');

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: text => (help += text) }).outputHelp();
  return help;
}

/** Words as a shell takes them. */
const words = (line: string): string[] =>
  Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain);

/** The command line without what commands do. */
function inertProgram(): Command {
  const program = nadsProgram();
  makeInert(program);
  const requireOptions = lateRequirements(program);
  return program.hook('preAction', (_, command) => requireOptions(command));
}

function makeInert(command: Command): void {
  command.exitOverride().configureOutput({ writeErr() {} });
  if (command.commands.length === 0) command.action(() => {});
  for (const below of command.commands) makeInert(below);
}

const texts = [
  ...pages.map(page => [page, readPage(page)] as const),
  ...nadsProgram().commands.map(command => [`help of ${command.name()}`, helpOf(command)] as const),
];
const commands = texts.flatMap(([name, text]) =>
  [...commandsIn(text), ...commandsInside(text)].map(line => [name, line]),
);

test('documentation has commands', () => expect(commands.length).toBeGreaterThan(100));

test.each(commands)('%s: nads %s', (_, line) =>
  inertProgram().parseAsync(['node', 'nads', ...words(line)]),
);
