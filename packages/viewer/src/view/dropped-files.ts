import type { ResultFile } from '../study/messages.js';

/** What was dropped or chosen: files, those of a folder among them. */
export interface Dropped {
  readonly name: string;
  readonly files: readonly ResultFile[];
}

/** Files that were chosen. */
export async function chosenFiles(files: Iterable<File>): Promise<Dropped | undefined> {
  const all = [...files];
  if (all.length === 0) return undefined;
  return { name: all[0].name, files: await Promise.all(all.map(contentsOf)) };
}

/** Files that were dropped, and those in folders that were. */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped | undefined> {
  // entries are gone when this turn of the event loop ends
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry());
  const files = (await Promise.all(entries.filter(entry => entry !== null).map(filesOf))).flat();
  const dropped = await chosenFiles(files);
  return dropped && { ...dropped, name: entries[0]?.name ?? dropped.name };
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [
      await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      ),
    ];
  const within = await entriesIn(entry as FileSystemDirectoryEntry);
  return (await Promise.all(within.filter(({ isFile }) => isFile).map(filesOf))).flat();
}

/** Entries of a folder, which come in batches. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

const contentsOf = async (file: File): Promise<ResultFile> => ({
  name: file.name,
  contents: new Uint8Array(await file.arrayBuffer()),
});
