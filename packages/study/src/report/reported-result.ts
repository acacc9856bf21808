import type { NadsResult } from '../estimate/nads-codec.js';
import { nadsFiles, soFarFiles } from '../estimate/nads-files.js';
import { savedResult } from '../estimate/saved-result.js';
import type { Picture } from '../picture.js';
import type { SavedContext } from '../plot/saved-context.js';
import { SavedFiles } from '../plot/saved-files.js';
import { picturesIn } from '../plot/saved-pictures.js';
import { kindsIn } from '../result-kinds.js';
import type { RunRecord } from '../run-record.js';
import type { Store } from '../store.js';
import type { ReportedPart } from './reported-part.js';

/** What a report shows of a folder. */
export interface ReportedResult {
  /** Of the folder. */
  readonly name: string;
  /** What the folder holds results of; undefined where that was not written down. */
  readonly record?: RunRecord;
  /** At least one. */
  readonly parts: readonly ReportedPart[];
  readonly pictures: readonly Picture[];
  /** Directions that were found, where there are such. */
  readonly nads?: NadsResult;
}

/** Reads what a report shows of a folder. @throws where it holds nothing to show, or a file is damaged or missing */
export async function reportedResult(
  store: Store,
  context: Required<SavedContext>,
): Promise<ReportedResult> {
  const saved = new SavedFiles(store);
  const record = await saved.record();
  const kinds = await kindsIn(saved);
  if (kinds.length === 0) throw new Error(`${store.name}: ${nothing(record)}`);
  const parts: ReportedPart[] = [];
  for (const { report } of kinds) parts.push(await report(saved, context));
  const pictures = withOthers(
    await picturesIn(saved, context),
    parts.flatMap(part => part.pictures ?? []),
  );
  return { name: store.name, record, parts, pictures, nads: await nadsOf(saved) };
}

/** Pictures, those of the same name replaced, then what others there are. */
function withOthers(pictures: readonly Picture[], others: readonly Picture[]): Picture[] {
  const byName = new Map(others.map(picture => [picture.name, picture]));
  const names = new Set(pictures.map(({ name }) => name));
  return [
    ...pictures.map(picture => byName.get(picture.name) ?? picture),
    ...others.filter(({ name }) => !names.has(name)),
  ];
}

const nothing = (record: RunRecord | undefined): string =>
  record
    ? `holds a result of nads ${record.command}, which reports do not show`
    : 'no result in it; give a folder that a command wrote to with --out';

async function nadsOf(saved: SavedFiles): Promise<NadsResult | undefined> {
  const isThere = (await saved.has(nadsFiles.json)) || (await saved.has(soFarFiles.json));
  if (!isThere) return undefined;
  return { ...(await savedResult(saved)), name: saved.store.name };
}
