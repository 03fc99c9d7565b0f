export type Colour = readonly [red: number, green: number, blue: number];

/** A picture being painted, row by row from the top, three bytes a point. */
export interface Canvas {
  width: number;
  height: number;
  bytes: Uint8Array;
  dot(x: number, y: number, colour: Colour): void;
  line(from: readonly [number, number], to: readonly [number, number], colour: Colour, thick?: number): void;
  disc(x: number, y: number, radius: number, colour: Colour): void;
  box(x: number, y: number, width: number, height: number, colour: Colour): void;
}

export function makeCanvas(width: number, height: number, ground: Colour): Canvas {
  const bytes = new Uint8Array(width * height * 3);
  for (let k = 0; k < bytes.length; k += 3) bytes.set(ground, k);
  const dot = (x: number, y: number, colour: Colour): void => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    bytes.set(colour, 3 * (Math.floor(y) * width + Math.floor(x)));
  };
  const box = (x: number, y: number, wide: number, high: number, colour: Colour): void => {
    for (let r = 0; r < high; r++) for (let c = 0; c < wide; c++) dot(x + c, y + r, colour);
  };
  return {
    width,
    height,
    bytes,
    dot,
    box,
    line([x0, y0], [x1, y1], colour, thick = 1) {
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
      for (let s = 0; s <= steps; s++) {
        const [x, y] = [x0 + ((x1 - x0) * s) / steps, y0 + ((y1 - y0) * s) / steps];
        if (thick <= 1) dot(x, y, colour);
        else box(x - thick / 2, y - thick / 2, thick, thick, colour);
      }
    },
    disc(x, y, radius, colour) {
      for (let r = Math.floor(-radius); r <= radius; r++)
        for (let c = Math.floor(-radius); c <= radius; c++)
          if (r * r + c * c <= radius * radius) dot(x + c, y + r, colour);
    },
  };
}
