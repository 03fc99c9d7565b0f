/** '1 place', '2 places': how many in English. `n` may have been formatted already; `many` for plurals without an s. */
export const counted = (n: number | string, one: string, many = `${one}s`): string =>
  `${n} ${String(n) === '1' ? one : many}`;
