import type { Advice } from './queries.ts';

type Span = Advice['urgency'][number]['spans'][number];

interface Piece {
  from: number;
  words: string;
  marked: boolean;
}

/** What was written, with the words that decided marked; only sentences that hold one. */
export function Marked({ title, text, spans }: { title: string; text: string; spans: readonly Span[] }) {
  const pieces = [...piecesOf(title, within(spans, 'title')), ...piecesOf(text, within(spans, 'text'))];
  return (
    <p className="advice-text">
      {pieces.map(({ from, words, marked }, k) =>
        marked ? <mark key={`${k} ${from}`}>{words}</mark> : <span key={`${k} ${from}`}>{words}</span>,
      )}
    </p>
  );
}

const within = (spans: readonly Span[], field: Span['field']): Span[] =>
  spans.filter((one) => one.field === field).toSorted((a, b) => a.from - b.from || b.to - a.to);

/** How much is shown on either side of what is marked. */
const beside = 12;

/** Cuts a text at its marks; what lies far from any is left out. Marks that overlap become one. */
export function piecesOf(text: string, spans: readonly Pick<Span, 'from' | 'to'>[]): Piece[] {
  const marks: { from: number; to: number }[] = [];
  for (const { from, to } of spans) {
    const last = marks.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else if (from < text.length) marks.push({ from, to: Math.min(to, text.length) });
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to } of marks) {
    pieces.push({ from: at, words: shortened(text.slice(at, from), at > 0, true), marked: false });
    pieces.push({ from, words: text.slice(from, to), marked: true });
    at = to;
  }
  if (marks.length > 0) pieces.push({ from: at, words: `${shortened(text.slice(at), true, false)} `, marked: false });
  return pieces.filter(({ words }) => words !== '');
}

/** Keeps what lies beside a mark. */
function shortened(words: string, markBefore: boolean, markBehind: boolean): string {
  const head = markBefore ? words.slice(0, beside) : '';
  const tail = markBehind ? words.slice(-beside) : '';
  return head.length + tail.length >= words.length ? words : `${head}…${tail}`;
}
