const widest = 24;
/** A comma nearer to the start than this would leave too little to know the matter by. */
const shortest = 6;

/**
 * What lists call an event whose reporter gave no title: the first sentence of the description, at most 24 full-width
 * characters wide (a Latin letter counts half), cut at a comma or a space where one is near; without a description
 * "category · place"; without a place the category.
 */
export function titleFrom(description: string, category: string, place: string): string {
  const sentence = firstSentence(description);
  if (sentence !== '') return shorten(sentence);
  return shorten([category, place.trim()].filter((part) => part !== '').join(' · '));
}

function firstSentence(text: string): string {
  const plain = text.replace(/\p{Cc}|\p{Cf}/gu, (mark) => (mark === '\n' || mark === '\u200D' ? mark : ''));
  const sentences = plain.split(/[。！？!?；;…\n]|\.(?=\s|$)/u).map((one) => one.replace(/\s+/gu, ' ').trim());
  return sentences.find((one) => /[\p{L}\p{N}]/u.test(one)) ?? '';
}

function shorten(text: string): string {
  if (widthOf(text) <= widest) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    if (widthOf(kept + segment) > widest - 1) break;
    kept += segment;
  }
  const comma = Math.max(...[...'，,、：:'].map((mark) => kept.lastIndexOf(mark)));
  if (comma >= shortest) return kept.slice(0, comma);
  const space = kept.lastIndexOf(' ');
  return `${(space >= shortest ? kept.slice(0, space) : kept).trimEnd()}…`;
}

/** Full-width characters; Latin, digits and half-width marks count half. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += (sign.codePointAt(0) ?? 0) < 0x1100 ? 0.5 : 1;
  return width;
}
