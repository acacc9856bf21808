// pages, workers and Node all have both, but the types here know of none of them
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  encoding: 'utf-8',
  options: { ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

/** Text as UTF-8. */
export const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** UTF-8 as text; what is none becomes U+FFFD. */
export const decodeUtf8 = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
