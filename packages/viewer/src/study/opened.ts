import type { SavedResult } from './messages.js';

/** What `nads view` was called with, and when each file was changed. */
interface Opened {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly changed: number }[];
}

/** Files that pictures are not drawn from: pictures, and what only a run goes on from. */
const unread = /\.(svg|png|pdf|html|lock|partial)$|^(tally|checkpoint)\.npz$/;

/** Milliseconds between looks for something new. */
const pace = 2000;

/**
 * Hands out what `nads view` was called with, and again whenever it was changed. Nothing happens where the page is served by something else.
 * @returns what ends it
 */
export function followOpened(onResult: (result: SavedResult, index: number) => void): () => void {
  const seen = new Map<number, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  async function look(): Promise<void> {
    const list = await openedNow();
    if (!list || isOver) return;
    for (const [index, opened] of list.entries()) {
      const state = JSON.stringify(opened);
      if (seen.get(index) === state) continue;
      seen.set(index, state);
      onResult(await loaded(opened, index), index);
    }
    timer = setTimeout(() => void look(), pace);
  }

  void look();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

async function openedNow(): Promise<readonly Opened[] | undefined> {
  const answer = await fetch('opened.json').catch(() => undefined);
  const isList = answer?.ok && answer.headers.get('Content-Type')?.startsWith('application/json');
  if (!isList) return undefined;
  const list = (await answer.json()) as Opened[];
  return list.map(one => ({ ...one, files: one.files.filter(({ name }) => !unread.test(name)) }));
}

async function loaded({ name, files }: Opened, index: number): Promise<SavedResult> {
  const contents = await Promise.all(
    files.map(async file => {
      const answer = await fetch(`opened/${index}/${encodeURIComponent(file.name)}`);
      return answer.ok
        ? [{ name: file.name, contents: new Uint8Array(await answer.arrayBuffer()) }]
        : []; // it went away meanwhile
    }),
  );
  return { name, files: contents.flat() };
}
