/** Ground of a cell by how much of the most it holds, 0 to 1: from a pale to a warm red on which black words stay readable. 'RRGGBB'. */
export function heatColour(share: number): string {
  const at = Math.min(1, Math.max(0, share));
  const mix = (pale: number, warm: number) =>
    Math.round(pale + (warm - pale) * at)
      .toString(16)
      .padStart(2, '0');
  return `${mix(0xfd, 0xe8)}${mix(0xf1, 0x7a)}${mix(0xee, 0x64)}`;
}

/** Length of a bar in whole steps: something is never drawn as nothing. */
export function barBetween(value: number, most: number, steps: number): number {
  if (value <= 0 || most <= 0) return 0;
  return Math.max(1, Math.round((value / most) * steps));
}
