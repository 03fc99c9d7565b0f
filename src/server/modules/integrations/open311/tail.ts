/** Further things a client said of a report, for the people who handle it: lines below the description, marked as such. */
export interface Extras {
  danger: boolean | null;
  mediaUrl: string | null;
}

const mark = '\n\n-- Open311 --\n';

export function withTail(description: string, { danger, mediaUrl }: Extras): string {
  const lines = [
    ...(danger === null ? [] : [`danger: ${danger ? 'yes' : 'no'}`]),
    ...(mediaUrl === null ? [] : [`media_url: ${mediaUrl}`]),
  ];
  // The mark is always set where a text of the client could be taken for one.
  return lines.length === 0 && !description.includes(mark.trim()) ? description : description + mark + lines.join('\n');
}

export function splitTail(stored: string): { description: string; mediaUrl: string | null } {
  const at = stored.lastIndexOf(mark);
  if (at < 0) return { description: stored, mediaUrl: null };
  const line = /^media_url: (\S+)$/m.exec(stored.slice(at + mark.length));
  return { description: stored.slice(0, at), mediaUrl: line?.[1] ?? null };
}
