/** Text, or elements by name; a list repeats its element; undefined leaves it out. */
export type XmlValue = string | number | boolean | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

/** One element with its declaration-free XML text. */
export function xmlElement(name: string, value: XmlValue, namespace?: string): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((item) => xmlElement(name, item)).join('');
  const opening = namespace === undefined ? name : `${name} xmlns="${escapeXml(namespace)}"`;
  return `<${opening}>${content(value)}</${name}>`;
}

function content(value: Exclude<XmlValue, undefined | readonly XmlValue[]>): string {
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, item]) => xmlElement(name, item))
    .join('');
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#13;' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => entities[character] ?? character);
}
