/** What there is to say, one after another; '' and false are left out. */
export function saidOf(dot: string, ...parts: readonly (string | false)[]): string {
  return parts.filter((one) => one !== false && one !== '').join(dot);
}
