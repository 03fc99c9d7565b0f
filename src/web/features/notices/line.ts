import type { NoticeFacts } from '#contract/notices-words.ts';

type Lines = Readonly<Record<string, (what: string, area: string, mark: number) => string>>;

/** One line about one matter in the reader's words; an action without words shows its name. */
export function lineOf(lines: Lines, { action, facts }: { action: string; facts: NoticeFacts }): string {
  const what = facts.number ?? facts.deviceCode ?? facts.host ?? facts.day ?? '';
  const say = lines[`${action}.${facts.step ?? ''}`] ?? lines[action];
  return say?.(what, facts.areaName ?? '', facts.mark ?? 100) ?? action;
}

/** Neighbours that say the same thing, all read or all unread, as one: the newest, with the ids of all. */
export function sameLines<N extends { id: string; readAt: string | null }>(
  rows: readonly N[],
  words: (row: N) => string,
): [newest: N, ids: string[]][] {
  const lines: [N, string[]][] = [];
  for (const row of rows) {
    const before = lines.at(-1);
    const same =
      before !== undefined && (before[0].readAt === null) === (row.readAt === null) && words(before[0]) === words(row);
    if (same) before[1].push(row.id);
    else lines.push([row, [row.id]]);
  }
  return lines;
}
