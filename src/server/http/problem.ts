import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AppError, errorTable, type ErrorCode } from '#kit/errors.ts';

/** RFC 9457 problem document. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  requestId: string;
  data?: Record<string, unknown>;
}

const badCharacter = 'The text holds a character that cannot be stored (such as U+0000). Remove it and send again.';
/** SQLSTATE of values that have the right shape but fit no column. */
const unstorable: Record<string, string> = {
  '22021': badCharacter,
  '22P05': badCharacter,
  '22007': 'A date is not one of the calendar. Correct it and send again.',
  '22008': 'A date lies outside what can be stored. Correct it and send again.',
  '22003': 'A number is larger than can be stored. Send a smaller one.',
};

/** Any failure as a refusal of ours: what is expected keeps its code, the rest is `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) {
    const first = error.issues[0];
    return new AppError('bad_input', `${first?.path.join('.') || 'request'}: ${first?.message ?? 'unexpected shape'}`, {
      issues: error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    });
  }
  const sqlState = (error as { code?: unknown }).code;
  const complaint = typeof sqlState === 'string' ? unstorable[sqlState] : undefined;
  if (complaint !== undefined) return new AppError('bad_input', complaint);
  const status = (error as FastifyError).statusCode;
  const message = error instanceof Error ? error.message : String(error);
  if (status === 413)
    return new AppError('upload_too_large', 'The request body is larger than this route accepts. Send a smaller one.');
  if (status === 415) return new AppError('unsupported_media_type', message);
  if (status === 429) return new AppError('too_many_requests', message);
  if (status !== undefined && status >= 400 && status < 500) return new AppError('bad_input', message);
  return new AppError(
    'internal',
    'The request could not be answered. Nothing was changed; try again, and quote the requestId if it stays so.',
  );
}

/** The one place where failures become answers: expected refusals say why, anything else is logged once here. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = toAppError(error);
  if (refusal.code === 'internal') request.log.error({ err: error }, 'unexpected failure');
  const problem: Problem = {
    type: `https://huangge.invalid/errors#${refusal.code}`,
    title: errorTable[refusal.code].title,
    status: refusal.status,
    code: refusal.code,
    detail: refusal.message,
    requestId: request.id,
    ...(Object.keys(refusal.detail).length > 0 ? { data: refusal.detail } : {}),
  };
  return reply
    .code(refusal.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}
