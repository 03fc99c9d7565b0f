/** What one part of the room asks of another: a step of the checklist opens the form that fulfils it. */
export type Intent =
  { kind: 'call'; number: string; name: string } | { kind: 'invite'; unitIds: readonly string[] } | { kind: 'cordon' };

export type Tell = (intent: Intent | null) => void;
