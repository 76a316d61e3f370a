/** A strict reader of the XML that we write: it throws where a conforming parser would. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

// The characters that XML 1.0 allows (section 2.2).
const legal = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;
const token = /<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

export function parseXml(text: string): XmlElement {
  if (!legal.test(text)) throw new SyntaxError('A character that XML forbids.');
  const root = { name: '', attributes: {}, children: [] as (XmlElement | string)[] };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new SyntaxError(`Not well-formed: ${text.slice(at, at + 60)}`);
    const [, slash, name, attributes = '', selfClosing, characters] = match;
    const parent = open.at(-1)!;
    if (characters !== undefined) parent.children.push(decode(characters));
    else if (slash === '/') {
      if (open.length === 1 || parent.name !== name) throw new SyntaxError(`Unexpected </${name}>`);
      open.pop();
    } else {
      const element = { name: name!, attributes: readAttributes(attributes), children: [] };
      parent.children.push(element);
      if (selfClosing === '') open.push(element);
    }
  }
  const elements = root.children.filter((child) => typeof child !== 'string');
  if (open.length !== 1) throw new SyntaxError(`<${open.at(-1)!.name}> is not closed`);
  if (elements.length !== 1) throw new SyntaxError('A document has one root element.');
  return elements[0]!;
}

/** All elements of a name, in the order of the document. */
export function elementsNamed(root: XmlElement, name: string): XmlElement[] {
  const inner = root.children.flatMap((child) => (typeof child === 'string' ? [] : elementsNamed(child, name)));
  return root.name === name ? [root, ...inner] : inner;
}

export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null);
  for (const [, name, value] of text.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (name! in attributes) throw new SyntaxError(`Attribute ${name} twice`);
    attributes[name!] = decode(value!);
  }
  return attributes;
}

function decode(text: string): string {
  if (/&(?!(?:#\d+|amp|lt|gt|quot|apos);)/.test(text)) throw new SyntaxError(`A bare & in ${text}`);
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_all, code: string | undefined, name: string) =>
    code === undefined ? named[name]! : String.fromCodePoint(Number(code)),
  );
}
