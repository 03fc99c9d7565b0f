import type { ErrorCode } from '#kit/errors.ts';

export interface Problem {
  code: ErrorCode;
  status: number;
  detail: string;
  requestId: string | null;
  data: Record<string, unknown>;
}

/** The server answered, and refused. `code` chooses the sentence shown (words.errors); `detail` is for the record. */
export class ProblemError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string | null;
  readonly data: Record<string, unknown>;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail;
    this.requestId = problem.requestId;
    this.data = problem.data;
  }
}

/** No answer came: no network, or the time was over. Whether the server acted is unknown; repeat with the same opId. */
export class OfflineError extends Error {
  readonly reason: 'network' | 'timeout';

  constructor(reason: 'network' | 'timeout', cause?: unknown) {
    super(`No answer from the server (${reason}).`, { cause });
    this.name = 'OfflineError';
    this.reason = reason;
  }
}

const codeByStatus: Record<number, ErrorCode> = {
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
  413: 'upload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
};

/** Reads problem+json; an answer of another kind (a proxy's page) becomes the nearest code of ours. */
export async function toProblem(answer: Response): Promise<Problem> {
  const fallback: Problem = {
    code: codeByStatus[answer.status] ?? (answer.status < 500 ? 'bad_input' : 'internal'),
    status: answer.status,
    detail: answer.statusText,
    requestId: answer.headers.get('x-request-id'),
    data: {},
  };
  if (!(answer.headers.get('content-type') ?? '').includes('json')) return fallback;
  try {
    return { ...fallback, ...((await answer.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}

/** True when trying again later may help: nothing is wrong with what was sent. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof OfflineError || (error instanceof ProblemError && (error.status >= 500 || error.status === 429))
  );
}
