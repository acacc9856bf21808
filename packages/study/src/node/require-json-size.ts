/** No JSON of results has as many bytes. */
const largest = 2 ** 26;

/** @throws where a file of JSON is larger than any of results, before it is read */
export function requireJsonSize(file: string, size: number): void {
  if (file.endsWith('.json') && size > largest)
    throw new Error(`${size} bytes, more than JSON of results has (${largest}); remove it`);
}
