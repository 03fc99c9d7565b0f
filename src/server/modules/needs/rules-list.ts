export interface GroupCount {
  groupCode: string;
  people: number;
}

/**
 * Groups of a need as a list that leaves the house may tell them, most people first: of a special group with fewer than
 * `least` people no number is told (null). Where exactly one is hidden, the smallest other one is hidden too: from the total
 * beside it the hidden one could be reckoned.
 */
export function groupTexts(groups: readonly GroupCount[], least: number): { code: string; people: number | null }[] {
  const inOrder = groups.toSorted((a, b) => b.people - a.people || (a.groupCode < b.groupCode ? -1 : 1));
  const hidden = new Set(
    inOrder.filter(({ groupCode, people }) => groupCode !== 'all' && people < least).map(({ groupCode }) => groupCode),
  );
  const last = inOrder.findLast(({ groupCode }) => !hidden.has(groupCode));
  if (hidden.size === 1 && last !== undefined) hidden.add(last.groupCode);
  return inOrder.map(({ groupCode, people }) => ({ code: groupCode, people: hidden.has(groupCode) ? null : people }));
}
