import type { publicRoutes } from '#contract/public.ts';
import { isOpen, type Verb } from '#contract/events-words.ts';
import type { Output } from '#contract/route.ts';
import { dueAt } from '#engine/worktime/limit-clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import type { TimelineLine } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { act, ruleOf, type Command, type CommandBody, type CommandResult, type Kit } from './act.ts';
import type { CaseRows, EventRow } from './case-rows.ts';
import { limitOf, type Library } from './library.ts';
import { linesOf, toVerb } from './queries.ts';
import { reopenDays } from './rules-needs.ts';
import { findCase } from './store-case.ts';
import { listReceiptPhotos, type ReceiptPhoto } from './store-attachment.ts';
import { findReporter, type ReporterRow } from './store-reporter.ts';
import { isoOrNull } from './views.ts';

type Receipt = Output<(typeof publicRoutes)['receipt']>;

/** Steps a reporter sees. Inner talk of the offices (extensions, waivers, calls, corrections) is not among them. */
const shown: readonly Verb[] = [
  'report',
  'self_handle',
  'receive',
  'verify',
  'file',
  'decline',
  'dispatch',
  'accept',
  'return',
  'escalate',
  'delegate',
  'arrive',
  'finish',
  'check',
  'shelve',
  'resume',
  'merge',
  'reopen',
  'urge',
  'supervise',
  'note',
  'rate',
  'follow',
];
/** Steps of which a reporter sees only their own. */
const ownOnly: readonly Verb[] = ['report', 'self_handle', 'urge', 'note', 'rate', 'follow'];
/** Words that are written for the reporter. Everything else people wrote stays inside. */
const wordsFor: Partial<Record<Verb, string>> = {
  decline: 'reason',
  finish: 'result',
  self_handle: 'result',
  shelve: 'reason',
  note: 'note',
  urge: 'note',
  rate: 'words',
};

/** @throws AppError not_found for a secret that opens nothing */
async function reporterOf(tx: Tx, secret: string): Promise<ReporterRow> {
  const reporter = await findReporter(tx, digestSecret(secret));
  if (reporter === undefined)
    throw new AppError('not_found', 'This receipt link opens nothing. Check that the whole link was copied.');
  return reporter;
}

/** What the link shows: steps and times, names of organisations, never of handlers or of other residents. */
export async function readReceipt(kit: Kit, secret: string): Promise<Receipt> {
  const library = await kit.dictionary.get();
  return kit.database.read(systemScope, async (tx) => {
    const reporter = await reporterOf(tx, secret);
    const rows = await findCase(tx, reporter.eventId);
    const event = rows?.event;
    const own =
      reporter.originalEventId === reporter.eventId ? event : (await findCase(tx, reporter.originalEventId))?.event;
    if (rows === undefined || event === undefined || own === undefined)
      throw new AppError('not_found', 'This receipt link opens nothing.');
    const lines = await linesOf(tx, event.id);
    const before =
      own.id === event.id ? [] : (await linesOf(tx, own.id)).filter((line) => line.at < (lines.at(-1)?.at ?? line.at));
    const photos = await listReceiptPhotos(tx, reporter.id, event.id);
    const category = library.categories.get(own.categoryCode);
    return {
      number: own.number,
      // Whoever joined reads their own words, never those of the neighbour who reported first.
      title: reporter.joined ? (category?.name ?? '') : own.title,
      description: reporter.joined ? reporter.words : own.description,
      placeWords: reporter.joined ? '' : own.placeWords,
      areaName: kit.territory.area(own.community ?? own.street ?? own.district)?.name ?? '',
      categoryName: category?.name ?? '',
      categoryNameEn: category?.nameEn ?? '',
      reportedAt: reporter.createdAt.toISOString(),
      dueAt: isoOrNull(event.dueMs),
      closeDueAt: isoOrNull(await closeDueOf(kit, library, rows)),
      steps: stepsFor(kit, reporter, [...before, ...lines]),
      photos: photos.map((photo: ReceiptPhoto) => photo),
      ...rights(kit, reporter, event),
    };
  });
}

/**
 * When the work should be done: the limit that runs for the lead; before anybody accepted, the rule's own limit counted
 * from the filing, as long as that is still to come. Epoch milliseconds; null when nothing can be promised yet.
 */
async function closeDueOf(kit: Kit, library: Library, { event, tasks, clocks }: CaseRows): Promise<number | null> {
  const leads = tasks.filter((task) => task.part === 'lead').map((task) => task.id);
  const running = clocks.find(
    (clock) => clock.step === 'handle' && clock.stoppedMs === null && leads.includes(clock.taskId ?? ''),
  );
  if (running !== undefined) return running.dueMs;
  if (event.filedMs === null || (event.status !== 'filed' && event.status !== 'dispatched')) return null;
  const limit = limitOf(await ruleOf(kit, library, event), event.priority, 'handle');
  const startedMs = Math.max(event.filedMs, event.reopenedMs ?? 0);
  const { at } = dueAt(library.calendar, { kind: limit.kind, limit: limit.amount, startMs: startedMs, pauses: [] });
  return at !== null && at > kit.clock.now() ? at : null;
}

function rights(
  kit: Kit,
  reporter: ReporterRow,
  event: EventRow,
): Pick<Receipt, 'status' | 'rating' | 'mayRate' | 'mayReopen' | 'reopenUntil' | 'mayUrge' | 'joined'> {
  const until = event.closedMs === null ? null : event.closedMs + reopenDays * 86_400_000;
  return {
    status: event.status,
    rating: reporter.rating,
    mayRate: event.status === 'closed' && reporter.rating === null,
    mayReopen: event.status === 'closed' && until !== null && kit.clock.now() <= until,
    reopenUntil: event.status === 'closed' ? isoOrNull(until) : null,
    mayUrge: isOpen(event.status),
    joined: reporter.joined || reporter.originalEventId !== reporter.eventId,
  };
}

function stepsFor(kit: Kit, reporter: ReporterRow, lines: readonly TimelineLine[]): Receipt['steps'] {
  return lines
    .flatMap((line) => {
      const verb = toVerb(line.action);
      if (
        verb === undefined ||
        !shown.includes(verb) ||
        (ownOnly.includes(verb) && line.data['reporterId'] !== reporter.id)
      )
        return [];
      // The line the other event got when something was merged into it says nothing to its own reporters.
      if (verb === 'merge' && 'mergedHere' in line.data) return [];
      const unit = line.actorUnitId === null ? undefined : kit.territory.unit(line.actorUnitId);
      const written = line.words?.[wordsFor[verb] ?? ''];
      const outcome = line.data['outcome'];
      return [
        {
          at: line.at.toISOString(),
          verb,
          unitName: unit?.name ?? null,
          unitNameEn: unit?.nameEn ?? null,
          words: typeof written === 'string' ? written : '',
          outcome: typeof outcome === 'string' ? outcome : null,
        },
      ];
    })
    .toSorted((a, b) => a.at.localeCompare(b.at));
}

/** A command by the reporter: the secret of the receipt is the permission. */
export async function actByReceipt<B extends CommandBody>(
  kit: Kit,
  secret: string,
  body: (reporterId: string) => B,
  command: Command<B>,
): Promise<CommandResult> {
  const reporter = await kit.database.read(systemScope, (tx) => reporterOf(tx, secret));
  return act(kit, { actor: anonymous, reporterId: reporter.id }, reporter.eventId, body(reporter.id), command);
}

/** Who holds this secret. @throws AppError not_found */
export function findReceiptHolder(kit: Kit, secret: string): Promise<ReporterRow> {
  return kit.database.read(systemScope, (tx) => reporterOf(tx, secret));
}
