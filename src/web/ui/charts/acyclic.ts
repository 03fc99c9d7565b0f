/** A stream of cases from one place to another. */
export interface Stream {
  from: string;
  to: string;
  value: number;
}

/**
 * The streams that can be drawn from left to right: the largest first, each kept unless it would lead back to where it
 * began. What is left out (`back`) is told in the table only. O(streams²) at worst; meant for some hundred.
 */
export function withoutCycles<S extends Stream>(streams: readonly S[]): { drawn: S[]; back: S[] } {
  const onward = new Map<string, Set<string>>();
  const leads = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(onward.get(from) ?? [])].some((next) => leads(next, to, seen));
  };
  const drawn: S[] = [];
  const back: S[] = [];
  for (const stream of streams.toSorted((a, b) => b.value - a.value)) {
    if (stream.value <= 0) continue;
    if (leads(stream.to, stream.from)) {
      back.push(stream);
      continue;
    }
    drawn.push(stream);
    const nexts = onward.get(stream.from) ?? new Set();
    onward.set(stream.from, nexts.add(stream.to));
  }
  return { drawn, back };
}
