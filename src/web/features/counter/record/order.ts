/** What this station gives most at this hour first, the rest as the dictionary has them. */
export function inOrder<K extends { code: string }>(kinds: readonly K[], usual: readonly string[]): K[] {
  const placeOf = ({ code }: K): number => {
    const place = usual.indexOf(code);
    return place === -1 ? usual.length + kinds.findIndex((kind) => kind.code === code) : place;
  };
  return kinds.toSorted((a, b) => placeOf(a) - placeOf(b));
}
