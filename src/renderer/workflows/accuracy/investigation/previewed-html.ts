/**
 * A report as a frame of this window can show it. The frame inherits the window's policy, which lets only styles with
 * its nonce through: style elements get it, and style attributes become rules of one more style element. Its base is
 * the window's address, so links to a place in the report are given the report's own. What is saved is the report
 * itself, untouched.
 */
export const previewedHtml = (html: string, nonce: string): string => {
  const rules: string[] = [];
  const lifted = html.replace(/<[a-z][^<>]*?\sstyle="[^"]*"[^<>]*>/gi, (tag) =>
    tag.replace(/\sstyle="([^"]*)"/i, (_, declarations: string) => {
      const known = rules.indexOf(declarations);
      const at = known === -1 ? rules.push(declarations) - 1 : known;
      return ` data-styled="${at}"`;
    }),
  );
  const sheet = rules.map((declarations, at) => `[data-styled="${at}"]{${unescaped(declarations)}}`).join('\n');
  const withNonce = lifted
    .replace(/<style\b/gi, `<style nonce="${nonce}"`)
    .replace(/(<a\b[^<>]*?\shref=")#/gi, '$1about:srcdoc#');
  return sheet === '' ? withNonce : withNonce.replace('</head>', `<style nonce="${nonce}">${sheet}</style></head>`);
};

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '').replaceAll('&amp;', '&');
