import type { NoticeFacts } from '#contract/notices-words.ts';

type Lines = Readonly<Record<string, (what: string, area: string, mark: number) => string>>;

/** One line about one matter in the reader's words; an action without words shows its name. */
export function lineOf(lines: Lines, { action, facts }: { action: string; facts: NoticeFacts }): string {
  const what = facts.number ?? facts.deviceCode ?? facts.host ?? '';
  return lines[action]?.(what, facts.areaName ?? '', facts.mark ?? 100) ?? action;
}
