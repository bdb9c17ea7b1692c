const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/**
 * Text from data, safe to draw: one line, no control or direction characters, no braces that the canvas would read as
 * its own markup. Charts never render HTML, so angle brackets and quotes stay as they are.
 */
export const cleanText = (text: string, longest = 60): string => {
  const line = text.replace(unprintable, ' ').replace(/\s+/g, ' ').trim();
  const short = [...line].length > longest ? `${[...line].slice(0, longest - 1).join('')}…` : line;
  return short.replace(/\{/g, '{\u200b');
};
