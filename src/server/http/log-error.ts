/** What the log keeps of an error: where it happened and which rule was broken, never the values that broke it. */
interface LoggedError {
  [key: string]: unknown;
  type: string;
  message: string;
  stack: string;
  /** SQLSTATE or a system's code. */
  code?: string;
  constraint?: string;
  table?: string;
  column?: string;
  cause?: LoggedError;
}

const places = ['code', 'constraint', 'table', 'column'] as const;

/**
 * PostgreSQL adds the failing row and the parameters to its errors (`detail`, `where`), and quotes values in messages:
 * these may be names, telephone numbers and words of residents. A log is read by people who have no business with them.
 */
export function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'Something that is no error was thrown.', stack: '' };
  const fromDatabase = 'severity' in error;
  const message = fromDatabase ? withoutValues(error.message) : error.message;
  const facts = error as unknown as Record<string, unknown>;
  return {
    type: error.name,
    message,
    stack: (error.stack ?? '').replace(error.message, () => message),
    ...Object.fromEntries(places.flatMap((key) => (typeof facts[key] === 'string' ? [[key, facts[key]]] : []))),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** Names of tables and constraints stand in double quotes like values do; they are kept in fields of their own. */
function withoutValues(message: string): string {
  return message.replaceAll(/"[^"]*"/g, '"…"').replaceAll(/\([^)]*\)/g, '(…)');
}
