export type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An SVG element around its children, which are markup already; undefined attributes are left out.
 * @throws if a number is not finite
 */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? coordinate(value) : escaped(String(value))}"`,
    )
    .join('');
  const content = children.join('');
  return content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`;
}

/** A number of pixels to a hundredth. @throws if it is not finite */
export function coordinate(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`svg: a coordinate is ${value}`);
  return String(Math.round(value * 100) / 100 + 0);
}

/** Text as it may stand in an element or an attribute; characters XML has no place for are dropped. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"']/gu, character => `&#${character.codePointAt(0)};`);
}
