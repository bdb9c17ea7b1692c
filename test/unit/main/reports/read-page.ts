// A page as a strict reader sees it: every tag closed where it was opened, every attribute quoted, no stray bracket.

export interface PageElement {
  name: string;
  attributes: Record<string, string>;
  children: PageElement[];
  /** Text of the element and everything in it, character references decoded. */
  text: string;
}

const voids = new Set(['meta', 'br', 'hr', 'img', 'input', 'link']);
const references: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const decoded = (text: string): string =>
  text.replace(/&([^;\s]*);?/g, (whole, name: string) => {
    const character = references[name];
    if (character === undefined || !whole.endsWith(';')) throw new Error(`not a character reference: ${whole}`);
    return character;
  });

const attributesOf = (source: string): Record<string, string> => {
  const found: Record<string, string> = {};
  const rest = source.replace(/\s+([a-zA-Z:-]+)(?:="([^"<>]*)")?/g, (_whole, name: string, value = '') => {
    if (name in found) throw new Error(`attribute twice: ${name}`);
    found[name] = decoded(value);
    return '';
  });
  if (rest.trim() !== '') throw new Error(`not attributes: ${rest}`);
  return found;
};

const pieces = /<!doctype html>|<style>[\s\S]*?<\/style>|<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)(\/?)>|([^<]+)|(<)/gi;

export const readPage = (html: string): PageElement => {
  const root: PageElement = { name: '', attributes: {}, children: [], text: '' };
  const open: PageElement[] = [root];
  const top = () => open[open.length - 1] as PageElement;
  const say = (text: string) => {
    for (const element of open) element.text += text;
  };
  for (const [whole, closing, name, attributes = '', empty, text, stray] of html.matchAll(pieces)) {
    if (stray) throw new Error('a bracket that belongs to no tag');
    if (text !== undefined) say(decoded(text));
    else if (name === undefined) {
      if (whole.startsWith('<style>'))
        top().children.push({ name: 'style', attributes: {}, children: [], text: whole });
    } else if (closing) {
      const element = open.pop() as PageElement;
      if (element.name !== name) throw new Error(`</${name}> closes <${element.name}>`);
    } else {
      const element: PageElement = { name, attributes: attributesOf(attributes), children: [], text: '' };
      top().children.push(element);
      if (!empty && !voids.has(name)) open.push(element);
    }
  }
  if (open.length > 1) throw new Error(`never closed: ${top().name}`);
  return root;
};

export const all = (element: PageElement, test: (candidate: PageElement) => boolean = () => true): PageElement[] => [
  ...(test(element) ? [element] : []),
  ...element.children.flatMap((child) => all(child, test)),
];

export const named = (root: PageElement, ...names: string[]): PageElement[] =>
  all(root, ({ name }) => names.includes(name));

export const withId = (root: PageElement, id: string): PageElement | undefined =>
  all(root, ({ attributes }) => attributes.id === id)[0];
