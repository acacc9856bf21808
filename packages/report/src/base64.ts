/** Few enough arguments of one call. */
const atOnce = 8192;

/** Bytes as base64 (RFC 4648 §4). */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += atOnce)
    binary += String.fromCharCode(...bytes.subarray(from, from + atOnce));
  return btoa(binary);
}
