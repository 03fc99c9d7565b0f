/** One line of CSV (RFC 4180), with its line feed. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? textCell(cell) : String(cell ?? ''))).join(',')}\r\n`;
}

/** A spreadsheet would run a text that begins like a formula: such a one begins with an apostrophe, as people type it there. */
const likeFormula = /^[=+\-@\t]/;

function textCell(text: string): string {
  const safe = (likeFormula.test(text) ? `'${text}` : text).replaceAll(/[\r\n]+/g, ' ');
  return /[",;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell as it was before `csvLine` guarded it. */
export function plainCell(text: string): string {
  return text.startsWith("'") && likeFormula.test(text.slice(1)) ? text.slice(1) : text;
}
