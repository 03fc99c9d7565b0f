/** One tone of a pattern. */
export interface Tone {
  /** Milliseconds from the beginning of the pattern. */
  at: number;
  /** Milliseconds. */
  lasts: number;
  /** Hertz. */
  pitch: number;
}

export interface Pattern {
  tones: readonly Tone[];
  /** Milliseconds until the pattern begins anew, silence included. */
  length: number;
  /** Goes on until somebody acknowledges. */
  repeats: boolean;
  /** 0 to 1, beside the reader's own volume. */
  strength: number;
}

/** Loudest first: two tones without a pause, three fast ones, two, one, one softer still. Told apart with closed eyes. */
const patterns = [
  {
    tones: [
      { at: 0, lasts: 500, pitch: 960 },
      { at: 500, lasts: 500, pitch: 770 },
    ],
    length: 1_000,
    repeats: true,
    strength: 1,
  },
  {
    tones: [
      { at: 0, lasts: 120, pitch: 1_047 },
      { at: 200, lasts: 120, pitch: 1_047 },
      { at: 400, lasts: 120, pitch: 1_047 },
    ],
    length: 1_600,
    repeats: true,
    strength: 0.85,
  },
  {
    tones: [
      { at: 0, lasts: 180, pitch: 784 },
      { at: 280, lasts: 180, pitch: 784 },
    ],
    length: 700,
    repeats: false,
    strength: 0.7,
  },
  { tones: [{ at: 0, lasts: 260, pitch: 523 }], length: 400, repeats: false, strength: 0.4 },
  { tones: [{ at: 0, lasts: 260, pitch: 440 }], length: 400, repeats: false, strength: 0.25 },
] as const satisfies readonly Pattern[];

/** The pattern of a priority, 0 (most urgent) to 4; others count as the nearest. */
export function patternOf(priority: number): Pattern {
  return patterns[Math.min(4, Math.max(0, Math.round(priority)))] ?? patterns[4];
}

/** A tone rises and falls this long, so that it does not click. */
const edgeMs = 6;

/** The pattern once through as samples between -1 and 1: a tone with its third overtone, which carries through a noisy room. */
export function samplesOf(pattern: Pattern, perSecond: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round((pattern.length * perSecond) / 1000));
  for (const { at, lasts, pitch } of pattern.tones) {
    const first = Math.round((at * perSecond) / 1000);
    const count = Math.round((lasts * perSecond) / 1000);
    const edge = (edgeMs * perSecond) / 1000;
    for (let k = 0; k < count && first + k < samples.length; k++) {
      const turn = (2 * Math.PI * pitch * k) / perSecond;
      const wave = (Math.sin(turn) + Math.sin(3 * turn) / 3) * 0.9;
      samples[first + k] = wave * Math.min(1, k / edge, (count - k) / edge) * pattern.strength;
    }
  }
  return samples;
}
