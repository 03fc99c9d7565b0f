import { createHash, randomBytes } from 'node:crypto';
import type { AssistantKind, AssistantOutcome, Draft } from '#contract/assistant.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Brake } from './brake.ts';
import { parsed, type Speak, type Spoken } from './endpoint.ts';
import { openMaskBook } from './masks.ts';
import type { AssistantParts, AssistantSettings } from './parts.ts';
import { messagesOf, plainText, prompts, schemaOf } from './prompts.ts';
import { insertUse } from './store-use.ts';

/** What is to be drafted, about what, for whom. */
export interface DraftWish {
  kind: AssistantKind;
  /** Plain lines as people wrote them; masked here, before anything leaves. */
  facts: string;
  /** Names that are to be taken out wherever they stand. */
  names?: readonly string[];
  subject: { type: string; id: string };
  /** Areas it lies in, and the six digits of its district. */
  path: readonly string[];
  district: string;
  /** Null: the program itself, for a brief that is made by the clock. */
  actor: Actor | null;
}

export interface Desk {
  parts: AssistantParts;
  settings: AssistantSettings;
  speak: Speak;
  brake: Brake;
}

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** From a model that answers so: a text, or why there is none. */
interface Written {
  outcome: AssistantOutcome;
  text: string;
}

/**
 * Masks, asks, looks at the answer, and records that it was asked: kind, model, digests, tokens, outcome; no text.
 * @throws AppError too_many_requests, assistant_failed with the outcome as `reason`
 */
export async function makeDraft({ parts, settings, speak, brake }: Desk, wish: DraftWish): Promise<Draft> {
  const begun = parts.clock.now();
  const held = brake.hold(begun);
  if (held !== undefined) throw refusal(held);
  const book = openMaskBook(wish.names);
  const messages = messagesOf(wish.kind, book.mask(wish.facts), randomBytes(6).toString('hex'));
  const spoken = await speak({ messages, schema: schemaOf(wish.kind), maxTokens: prompts[wish.kind].maxTokens });
  const nowMs = parts.clock.now();
  brake.ended(spoken.outcome === 'drafted' || spoken.outcome === 'invalid', nowMs);
  const { outcome, text } = written(wish.kind, spoken, book.restore);
  const use = {
    id: uuidV7(nowMs),
    kind: wish.kind,
    subjectType: wish.subject.type,
    subjectId: wish.subject.id,
    path: [...wish.path],
    district: wish.district,
    model: settings.model,
    promptHash: sha256(JSON.stringify(messages)),
    draftHash: text === '' ? '' : sha256(text),
    redactions: book.taken,
    tokensIn: spoken.tokensIn,
    tokensOut: spoken.tokensOut,
    tookMs: Math.max(0, Math.round(nowMs - begun)),
    outcome,
    askedBy: wish.actor?.accountId ?? null,
    askedAt: new Date(nowMs),
  };
  await parts.database.inTx(systemScope, async (tx) => {
    await insertUse(tx, use);
    await append(tx, {
      actor: wish.actor === null ? { kind: 'system', accountId: null } : ledgerActor(wish.actor),
      action: 'assistant.draft',
      subject: { type: 'assistant_use', id: use.id },
      district: wish.district,
      atMs: nowMs,
      audience: [],
      data: {
        kind: use.kind,
        about: wish.subject,
        model: use.model,
        promptHash: use.promptHash,
        redactions: use.redactions,
        tokensIn: use.tokensIn,
        tokensOut: use.tokensOut,
        outcome,
      },
    });
  });
  if (outcome !== 'drafted') throw failure(outcome);
  return { id: use.id, kind: wish.kind, text, by: settings.model, at: toIso(nowMs), redactions: use.redactions };
}

/** What the model wrote, if it is what was asked for. */
function written(
  kind: AssistantKind,
  { outcome, content }: Pick<Spoken, 'outcome' | 'content'>,
  restore: (text: string) => string,
): Written {
  if (outcome !== 'drafted') return { outcome, text: '' };
  const prompt = prompts[kind];
  const answer = prompt.answer.safeParse(parsed(unfenced(content ?? '')));
  if (!answer.success) return { outcome: 'invalid', text: '' };
  const plain = plainText(prompt.toText(answer.data));
  const text = prompt.restores ? restore(plain) : plain;
  return text === '' ? { outcome: 'invalid', text: '' } : { outcome, text };
}

/** Some models put their JSON into a fence although they were told not to. */
const unfenced = (content: string): string => /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(content)?.[1] ?? content;

function refusal({ reason, untilMs }: { reason: 'too_often' | 'resting'; untilMs: number }): AppError {
  if (reason === 'too_often')
    return new AppError(
      'too_many_requests',
      'The assistant was asked too often within a minute. Wait a little, or write it yourself.',
      { until: toIso(untilMs) },
    );
  return new AppError('assistant_failed', 'The assistant rests after several failures. Write it yourself, or try later.', { reason: 'resting', until: toIso(untilMs) }); // prettier-ignore
}

const failures: Readonly<Record<Exclude<AssistantOutcome, 'drafted'>, string>> = {
  invalid: 'The model answered something else than what was asked for; nothing of it is shown.',
  unreachable: 'The model could not be reached.',
  timed_out: 'The model did not answer in time.',
  refused: 'The endpoint refused the request: key, model, or an address that may not be reached.',
  too_large: 'The model answered more than is read.',
};

function failure(outcome: Exclude<AssistantOutcome, 'drafted'>): AppError {
  return new AppError('assistant_failed', `${failures[outcome]} Write it yourself, or try again.`, { reason: outcome });
}
