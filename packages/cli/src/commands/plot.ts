import { Command, InvalidArgumentError } from 'commander';
import { names, positive } from './arguments.js';
import { refuseWithoutEffect, type Use } from './without-effect.js';

const formats = ['svg', 'png', 'pdf'];

/** `nads plot`. */
export function plot(): Command {
  return refuseWithoutEffect(
    new Command('plot')
      .description('Draws the pictures of saved results again, in another format or size.')
      .argument('<dir>', 'a folder that a command wrote its results to')
      .option('--format <names>', `${formats.join(', ')}; or several, as in svg,pdf`, someFormats, [
        'svg',
      ])
      .option(
        '--width <mm>',
        'width of each picture (default: 96 CSS pixels to the inch)',
        positive,
      )
      .option('--dpi <n>', 'pixels to the inch, of PNG', positive, 300)
      .option('-o, --out <dir>', 'folder for the pictures (default: that of the results)')
      .addHelpText('after', examples)
      .action(async (dir: string, options) => (await import('../plot/plot.js')).plot(dir, options)),
    uses,
  );
}

function someFormats(text: string): string[] {
  const wanted = names(text);
  const unknown = wanted.find(name => !formats.includes(name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(
      `Unknown format '${unknown}'; expected one of ${formats.join(', ')}.`,
    );
  return [...new Set(wanted)];
}

const uses: readonly Use[] = [
  {
    name: 'without --format png',
    isUsed: ({ format }) => !(format as readonly string[]).includes('png'),
    options: ['--dpi'],
  },
];

const examples = `
Reads what estimate, analyze, saliency, margin, ntk, elasticity, train, finetune, search, sweep, measures, prune --report, decompose, poison and flip write, and computes nothing again.
Text in PNG and PDF is set in DejaVu Sans, so that it looks the same everywhere; SVG leaves the face to its reader.

Examples:
  nads plot out/lenet --format pdf --width 89          # one column of a journal
  nads plot out/trained --format png --dpi 600 --out figures`;
