/** A block of code on a page. */
export interface Block {
  readonly page: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  /** The language behind its fence; 'indented' for one without. */
  readonly language: string;
  readonly code: string;
  /** What a comment before it says of how it is checked: 'run', 'run by FILE', 'not run: REASON'. */
  readonly mark?: string;
}

/** All blocks of code of a page of Markdown, in order. */
export function blocksOf(page: string, text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let mark: string | undefined;
  for (let i = 0; i < lines.length; i++) {
    const end = fenceEnd(lines, i) ?? indentedEnd(lines, i);
    if (end === undefined) {
      mark =
        /^<!-- ((?:not )?run\b.*) -->$/.exec(lines[i])?.[1] ?? (lines[i] === '' ? mark : undefined);
      continue;
    }
    const language = /^```(\w*)/.exec(lines[i])?.[1];
    const [from, to] = language === undefined ? [i, end] : [i + 1, end - 1];
    const code = lines.slice(from, to).map(line => (language === undefined ? line.slice(4) : line));
    blocks.push({
      page,
      line: from + 1,
      language: language ?? 'indented',
      code: `${code.join('\n').trimEnd()}\n`,
      mark,
    });
    mark = undefined;
    i = end - 1;
  }
  return blocks;
}

/** The line behind a fenced block that begins at a line. */
function fenceEnd(lines: readonly string[], begin: number): number | undefined {
  if (!lines[begin].startsWith('```')) return undefined;
  const end = lines.findIndex((line, i) => i > begin && line.startsWith('```'));
  return end < 0 ? lines.length : end + 1;
}

/** The line behind a block that is indented by four, and begins at a line behind an empty one. */
function indentedEnd(lines: readonly string[], begin: number): number | undefined {
  if (!lines[begin].startsWith('    ') || (begin > 0 && lines[begin - 1] !== '')) return undefined;
  let end = begin;
  while (end < lines.length && (lines[end].startsWith('    ') || lines[end] === '')) end++;
  return end;
}
