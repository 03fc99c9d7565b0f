/**
 * Place of a cell on a Hilbert curve through a square of 65,536 × 65,536 cells: near cells are near on the curve. `x` and `y`
 * are integers 0 to 65,535; the answer is an integer below 2^32. Source: Warren, "Hacker's Delight", the loop of its figure 16-8
 * told from the top bit down.
 */
export function hilbertOf(x: number, y: number): number {
  let [px, py, place] = [x, y, 0];
  for (let side = 32_768; side > 0; side >>= 1) {
    const right = (px & side) > 0 ? 1 : 0;
    const upper = (py & side) > 0 ? 1 : 0;
    place = place * 4 + ((3 * right) ^ upper);
    if (upper === 0) {
      if (right === 1) {
        px = 65_535 - px;
        py = 65_535 - py;
      }
      [px, py] = [py, px];
    }
  }
  return place;
}
