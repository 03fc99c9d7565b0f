import type { ExportVerdict, StoredVerdict } from '#server/modules/ledger/index.ts';

/** What was found in an export, as sentences. */
export function tellExport(verdict: ExportVerdict): string {
  if (!verdict.ok) {
    const place = verdict.lineNumber === null ? '' : ` (line ${verdict.lineNumber} of the file)`;
    return `WRONG${place}: ${verdict.problem}`;
  }
  const { from, to, tenant, head, keyTrusted, previousSize } = verdict;
  return [
    `GOOD: lines ${from} to ${to} of the ledger "${tenant}" are complete and unchanged under the head of ${head.size} lines signed at ${head.at} by key ${head.keyId}.`,
    previousSize === null
      ? "No earlier head was given, so a ledger rewritten as a whole would not be noticed: keep today's head and give it with --previous next time."
      : `It continues the head of ${previousSize} lines kept from earlier.`,
    keyTrusted
      ? 'The signature was checked with the key you gave.'
      : 'The signature was checked with the key in the file itself: give the published key with --key to be sure who signed.',
  ].join('\n');
}

/** What was found in the database, as a sentence. */
export function tellStored(verdict: StoredVerdict): string {
  return verdict.ok
    ? `GOOD: ${verdict.size} lines lead to the root ${verdict.root} and to all ${verdict.heads} signed heads.`
    : `WRONG: ${verdict.problem}`;
}
