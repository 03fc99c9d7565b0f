/**
 * What units with the same duty have in common: the end of their names (of "Lianglukou City Management Post" and
 * "Chaotianmen City Management Post" it is "City Management Post"), without the word of the tier before it. A single
 * unit, or names that end differently, give the first name whole.
 */
export function dutyName(names: readonly string[], tierWords: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.length === 0) return first;
  let length = 0;
  while (length < first.length && others.every((name) => name.at(-1 - length) === first.at(-1 - length))) length++;
  const end = wholeWords(names, length);
  const tier = tierWords.find((word) => end.toLowerCase().startsWith(word.toLowerCase()));
  const rest = tier === undefined ? end : end.slice(tier.length).trim();
  return rest.length < 2 ? first : rest;
}

/** The last `length` letters, cut to what is a whole word in every name, where words are set apart. */
function wholeWords(names: readonly string[], length: number): string {
  const [first = ''] = names;
  const end = first.slice(first.length - length);
  const isInside = /^[a-z]/i.test(end) && names.some((name) => /[a-z]/i.test(name[name.length - length - 1] ?? ''));
  const space = end.indexOf(' ');
  return (isInside ? (space < 0 ? '' : end.slice(space)) : end).trim();
}
