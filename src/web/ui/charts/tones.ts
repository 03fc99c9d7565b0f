/** Looks of lines and blocks, each with a colour of day and night and a stroke or pattern of its own. */
export const tones = ['leaf', 'river', 'amber', 'seal', 'quiet'] as const;
export type Tone = (typeof tones)[number];

/** The look of the k-th series when none is named. */
export function toneOf(k: number): Tone {
  return tones[k % tones.length] ?? 'leaf';
}
