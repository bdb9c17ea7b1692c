export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  text: string;
  /** False where the document ended inside: what is there may be half of it. */
  closed: boolean;
  children: XmlElement[];
}

const token =
  /<!--[\s\S]*?-->|<[?!][^>]*>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*"[^"]*")*)\s*(\/?)>|([^<]+)/g;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]!);

/**
 * The plain XML that nvidia-smi prints: elements, text, double-quoted attributes. A text that was cut off gives the part
 * that is there and `complete: false`.
 */
export const readXml = (source: string): { root: XmlElement; complete: boolean } => {
  const root: XmlElement = { name: '', attributes: {}, text: '', closed: false, children: [] };
  const open: XmlElement[] = [root];
  let stray = false;
  for (const [, closes, opens, attributes = '', empty, text] of source.matchAll(token)) {
    const parent = open.at(-1)!;
    if (closes !== undefined) {
      if (open.length > 1 && parent.name === closes) open.pop()!.closed = true;
      else stray = true;
    } else if (opens !== undefined) {
      const element: XmlElement = {
        name: opens,
        attributes: {},
        text: '',
        closed: empty !== '',
        children: [],
      };
      for (const [, key, value] of attributes.matchAll(/([\w:.-]+)\s*=\s*"([^"]*)"/g))
        element.attributes[key!] = decoded(value!);
      parent.children.push(element);
      if (empty === '') open.push(element);
    } else if (text !== undefined) {
      parent.text += decoded(text);
    }
  }
  return { root, complete: open.length === 1 && !stray && root.children.length > 0 };
};

export const childOf = (element: XmlElement, path: string): XmlElement | null => {
  let at: XmlElement | undefined = element;
  for (const name of path.split('/')) {
    at = at.children.find((child) => child.name === name);
    if (!at) return null;
  }
  return at;
};
