/** How often a pattern occurs. */
export const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** The numbers in an attribute of every element of this name. */
export function numbers(svg: string, element: string, attribute: string): number[] {
  const pattern = new RegExp(`<${element} [^>]*?\\b${attribute}="(-?[\\d.]+)"`, 'gu');
  return [...svg.matchAll(pattern)].map(([, value]) => Number(value));
}

/** The texts a reader sees, in the order they are written. */
export const texts = (svg: string) =>
  [...svg.matchAll(/<text (?![^>]*aria-hidden)[^>]*>([^<]*)</gu)].map(([, text]) => text);

/** @throws unless every tag is closed in its turn and all is plain XML without references outward but to what it holds itself */
export function checkSvg(svg: string): void {
  const open: string[] = [];
  for (const [, close, name, empty] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/gu))
    if (close && open.pop() !== name) throw new Error(`</${name}> closes another element`);
    else if (!close && !empty) open.push(name);
  if (open.length > 0) throw new Error(`<${open.join('><')}> never closed`);
  const strange = /NaN|undefined|Infinity|null|href="(?!data:)|url\(|&(?!#\d+;)/u.exec(svg);
  if (strange) throw new Error(`unexpected ${strange[0]} in the picture`);
}
