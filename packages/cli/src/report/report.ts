import { join } from 'node:path';
import { notCompared, report as study, reportJson, reportPage } from '@nads/study';
import { InputFolder, readBasis, requireWritable, writeWhole } from '@nads/study/node';
import { OptionError } from '@nads/linalg';
import { caution, speaker } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads report`. */
interface ReportFlags extends ShowFlags {
  readonly out?: string;
  readonly top: readonly number[];
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** Runs `nads report`. */
export async function report(folders: readonly string[], flags: ReportFlags): Promise<void> {
  const file = fileFor(folders, flags);
  const stores = folders.map(folder => new InputFolder(folder));
  const found = await study(stores, flags, { openBasis: readBasis });
  for (const { message } of found.failures) caution(`left out: ${message}`);
  if (found.left.length > 0) caution(notCompared(found.left));
  requireWritable(file, flags.force);
  writeWhole(file, reportPage(found, caution));
  speaker(flags.quiet)(`${found.results.length} result(s), written to ${file}`);
  if (flags.json) show(flags, [], { out: file, ...reportJson(found) });
}

function fileFor([folder, ...others]: readonly string[], { out }: ReportFlags): string {
  if (out !== undefined) return out;
  if (others.length === 0) return join(folder, 'report.html');
  throw new OptionError('out', 'give the file to write, where there are several folders');
}
