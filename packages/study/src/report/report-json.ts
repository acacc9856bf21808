import type { OverlapMatrix } from './overlap-matrix.js';
import type { Report } from './report.js';

/** What a report shows, in plain values; null stands for what is not known. */
export const reportJson = ({ results, failures, overlaps, left }: Report) => ({
  results: results.map(({ name, record, parts, pictures }) => ({
    name,
    command: record?.command ?? null,
    parts: parts.map(({ title, facts, tables }) => ({
      title,
      facts: Object.fromEntries(facts),
      tables,
    })),
    pictures: pictures.map(picture => picture.name),
  })),
  failures,
  overlaps: overlaps.map(overlapJson),
  left,
});

const overlapJson = ({ top, names, left, cells }: OverlapMatrix) => ({
  top,
  names,
  left,
  overlap: cells.map(row => row.map(cell => cell?.overlap ?? null)),
  chance: cells.map(row => row.map(cell => cell?.chance ?? null)),
  standard_error: cells.map(row => row.map(cell => finite(cell?.standardError))),
});

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
