/** A file in an archive. */
export interface TarFile {
  /** As the archive has it: nothing keeps it from leading elsewhere. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The plain files of a tar archive. @throws where it ends too early or is damaged */
export async function tarFiles(archive: Uint8Array): Promise<TarFile[]> {
  const { Parser } = await import('tar'); // only `nads data` needs it
  const files: TarFile[] = [];
  const parser = new Parser({
    strict: true,
    onReadEntry: entry => {
      const parts: Buffer[] = [];
      entry.on('data', part => parts.push(part));
      entry.on('end', () => {
        if (entry.type.endsWith('File'))
          files.push({ name: entry.path, bytes: Buffer.concat(parts) });
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    parser.on('error', reject);
    parser.on('end', resolve);
    parser.end(Buffer.from(archive));
  });
  return files;
}
