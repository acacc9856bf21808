import { useEffect, useState } from 'preact/hooks';

/** The address of a file in memory, as long as it is shown. */
export function useFileUrl(contents: Uint8Array | string, type: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([contents as BlobPart], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [contents, type]);
  return url;
}
