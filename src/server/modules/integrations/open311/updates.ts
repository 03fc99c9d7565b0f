import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Document } from './document.ts';
import { findField, getField, parseTime, spanOf, wholeField } from './fields.ts';
import { findKeyHolder, keyHolder } from './key.ts';
import type { Ask, Parts } from './parts.ts';
import { mediaOf, opIdFor, textField } from './report.ts';
import { toUpdate, type Showing } from './view.ts';

/** Steps further in than this are found by a shorter span. */
const deepest = 50_000;

/** GET servicerequestupdates: every public step of every public event within the span, oldest first. */
export async function getUpdates(parts: Parts, { fields }: Ask, show: Showing): Promise<Document> {
  const span = spanOf(fields, parts.clock.now());
  const page = wholeField(fields, 'page', { min: 1, max: 1_000_000, fallback: 1 });
  const limit = wholeField(fields, 'page_size', { min: 1, max: 1000, fallback: 1000 });
  const offset = (page - 1) * limit;
  const reader = (await findKeyHolder(parts, fields))?.accountId ?? null;
  if (offset > deepest)
    throw new AppError('bad_input', `page: expected at most ${deepest} updates before it. Ask for a shorter span.`);
  const steps = await parts.events.steps({ ...span, limit, offset });
  return { root: 'service_requests_updates', value: steps.map((step) => toUpdate(step, show, reader)) };
}

/**
 * POST servicerequestupdates: becomes a note on the event, by whoever brought it in or may annotate it. The status a
 * client believes in is written into the note and changes nothing: closing is for whoever has checked.
 */
export async function postUpdate(parts: Parts, { fields, test }: Ask): Promise<Document> {
  const actor = await keyHolder(parts, fields);
  const updateId = getField(fields, 'update_id');
  if (updateId.length > 100) throw new AppError('bad_input', 'update_id: expected at most 100 characters.');
  const number = getField(fields, 'service_request_id');
  const status = textField('status', findField(fields, 'status'), 40);
  const at = findField(fields, 'updated_datetime');
  const media = mediaOf(fields);
  const text = textField('description', getField(fields, 'description'), 1500);
  const [found] = await parts.events.find({ numbers: [number] });
  if (found === undefined)
    throw new AppError('not_found', `service_request_id: "${number.slice(0, 40)}" was not found.`);
  const note = [
    text,
    ...(status === '' ? [] : [`status: ${status}`]),
    ...(media === null ? [] : [`media_url: ${media}`]),
  ];
  const body = {
    opId: opIdFor(actor, 'update', updateId),
    at: at === undefined ? undefined : toIso(parseTime(at, 'updated_datetime')),
    note: note.join('\n'),
  };
  // Whoever waited for a merged event now waits for the one it was merged into.
  const made = await parts.events.addNote(actor, await rootOf(parts, found.id, found.mergedInto), body, {
    rehearse: test,
  });
  return { root: 'service_request_updates', value: [{ update_id: made.ledgerId }] };
}

async function rootOf(parts: Parts, id: string, into: string | null): Promise<string> {
  let [root, next] = [id, into];
  for (let steps = 0; next !== null && steps < 20; steps++) {
    root = next;
    next = (await parts.events.find({ ids: [root] }))[0]?.mergedInto ?? null;
  }
  return root;
}
