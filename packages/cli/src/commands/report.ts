import { Command } from 'commander';
import { counts } from './arguments.js';
import { replaceOption } from './force-option.js';

/** `nads report`. */
export function report(): Command {
  return new Command('report')
    .description(
      'Puts saved results, alone or side by side, on one HTML page to look at and to share.',
    )
    .argument('<dirs...>', 'folders that commands wrote their results to')
    .option(
      '-o, --out <file>',
      'HTML file to write (default: report.html in the folder, if it is one)',
    )
    .option('--top <k,...>', 'dimensions of the subspaces of NADs to compare', counts, [10])
    .addOption(replaceOption())
    .option('-q, --quiet', 'do not say what was written')
    .option('--json', 'print what the page shows as JSON')
    .addHelpText('after', examples)
    .action(async (dirs: string[], options) =>
      (await import('../report/report.js')).report(dirs, options),
    );
}

const examples = `
The page is one file that opens from disk and asks nothing of any network. It shows what was asked and the command that repeats it, what is
known of the model, all pictures that \`nads plot\` draws, and tables. Two and more results with NADs are compared with each other.

Examples:
  nads report out/lenet                                # out/lenet/report.html
  nads report out/lenet out/resnet -o comparison.html --top 10,50`;
