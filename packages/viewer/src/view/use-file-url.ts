import { useEffect, useRef, useState } from 'preact/hooks';

type Contents = Uint8Array | string;

const addressOf = (contents: Contents, type: string): string =>
  URL.createObjectURL(new Blob([contents as BlobPart], { type }));

/** The address of a file in memory, as long as it is shown. */
export function useFileUrl(contents: Contents, type: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = addressOf(contents, type);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [contents, type]);
  return url;
}

/** Makes the address of a file when it is asked for: each one is a wait for the browser, which networks keep busy. */
export function useLateFileUrl(contents: Contents, type: string): () => string {
  const made = useRef<string | undefined>(undefined);
  useEffect(
    () => () => {
      if (made.current) URL.revokeObjectURL(made.current);
      made.current = undefined;
    },
    [contents, type],
  );
  return () => (made.current ??= addressOf(contents, type));
}
