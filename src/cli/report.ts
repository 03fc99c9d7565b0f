import type { AppError } from '#kit/errors.ts';
import { describeWrong, type ImportAnswer, type WrongRow } from '#server/modules/grids/index.ts';
import type { Io } from './command.ts';

/** What an import did, for the person at the terminal. */
export function showImport(io: Io, answer: ImportAnswer, tookMs: number): void {
  for (const wrong of answer.wrong) io.err(describeWrong(wrong));
  if (answer.wrongCount > answer.wrong.length)
    io.err(`… and ${answer.wrongCount - answer.wrong.length} more wrong rows`);
  for (const note of answer.notes) io.out(note);
  const tiers = Object.entries(answer.byTier).map(([tier, count]) => `${tier} ${count}`);
  io.out(
    `${answer.dryRun ? 'Would import' : 'Imported'}: ${answer.read} rows read, ${answer.created} created, ${answer.changed} changed, ` +
      `${answer.unchanged} unchanged, ${answer.wrongCount} wrong, ${(tookMs / 1000).toFixed(1)} s${tiers.length === 0 ? '' : ` (${tiers.join(', ')})`}`,
  );
}

/** A refusal with the rows or places it is about. */
export function showRefusal(io: Io, error: AppError): void {
  const wrong = (error.detail['wrong'] ?? []) as WrongRow[];
  for (const row of wrong) io.err(describeWrong(row));
  const more = Number(error.detail['wrongCount'] ?? 0) - wrong.length;
  if (more > 0) io.err(`… and ${more} more wrong rows`);
  const problems = (error.detail['problems'] ?? []) as { message: string }[];
  for (const problem of problems) io.err(problem.message);
  io.err(`Refused (${error.code}): ${error.message}`);
}
