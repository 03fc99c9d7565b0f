import * as z from 'zod';
import type { AssistantOutcome } from '#contract/assistant.ts';
import { OutgoingError, type OutgoingAnswer } from '#server/net/guarded-fetch.ts';
import type { AssistantParts, AssistantSettings } from './parts.ts';
import type { Message } from './prompts.ts';

export interface Question {
  messages: readonly Message[];
  schema: object;
  maxTokens: number;
}

/** `content`: what the model wrote, not yet looked at; null when there is none, and `outcome` says why. */
export interface Spoken {
  outcome: AssistantOutcome;
  content: string | null;
  tokensIn: number | null;
  tokensOut: number | null;
}

const largestAnswer = 200_000;
/** The part of the protocol that is read; whatever else an endpoint sends is left alone. */
const answerForm = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
  usage: z.object({ prompt_tokens: z.number().optional(), completion_tokens: z.number().optional() }).nullish(),
});

/** Asks one question. Never throws for what an endpoint does: the outcome says it. */
export type Speak = (question: Question) => Promise<Spoken>;

/**
 * Speaks to the configured endpoint: one request, at most one more without `response_format` where the endpoint refuses
 * that (remembered). The time is one for both; no redirect is followed, no tool is offered, no more is read than fits.
 */
export function createSpeaker(settings: AssistantSettings, outgoing: NonNullable<AssistantParts['outgoing']>): Speak {
  const url = `${settings.baseUrl.replace(/\/+$/, '')}/chat/completions`;
  let knowsSchemas = true;

  const post = (question: Question, withSchema: boolean, timeoutMs: number): Promise<OutgoingAnswer> =>
    outgoing.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(settings.key === null ? {} : { authorization: `Bearer ${settings.key}` }),
      },
      body: JSON.stringify({
        model: settings.model,
        messages: question.messages,
        temperature: 0.2,
        max_tokens: question.maxTokens,
        stream: false,
        ...(withSchema
          ? {
              response_format: {
                type: 'json_schema',
                json_schema: { name: 'draft', strict: true, schema: question.schema },
              },
            }
          : {}),
      }),
      timeoutMs,
      maxBytes: largestAnswer,
      maxRedirects: 0,
    });

  return async (question) => {
    const begun = performance.now();
    try {
      const first = await post(question, knowsSchemas, settings.timeoutMs);
      if (first.status !== 400 || !knowsSchemas) return read(first);
      knowsSchemas = false;
      const left = Math.round(settings.timeoutMs - (performance.now() - begun));
      return left <= 0 ? nothing('timed_out') : read(await post(question, false, left));
    } catch (error) {
      return nothing(outcomeOf(error));
    }
  };
}

const nothing = (outcome: AssistantOutcome): Spoken => ({ outcome, content: null, tokensIn: null, tokensOut: null });

function outcomeOf(error: unknown): AssistantOutcome {
  if (!(error instanceof OutgoingError)) return 'unreachable';
  if (error.reason === 'timed_out') return 'timed_out';
  if (error.reason === 'too_large') return 'too_large';
  return error.reason === 'unreachable' ? 'unreachable' : 'refused';
}

function read({ status, body }: OutgoingAnswer): Spoken {
  if (status >= 500) return nothing('unreachable');
  if (status !== 200) return nothing('refused');
  const form = answerForm.safeParse(parsed(body.toString('utf8')));
  if (!form.success) return nothing('invalid');
  const { choices, usage } = form.data;
  return {
    outcome: 'drafted',
    content: choices[0]?.message.content ?? null,
    tokensIn: usage?.prompt_tokens ?? null,
    tokensOut: usage?.completion_tokens ?? null,
  };
}

/** Undefined for what is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
