import type { ActVerb } from '#web/field/field-api.ts';

export const fieldPaths = {
  today: '/field',
  events: '/field/events',
  visits: '/field/visits',
  rounds: '/field/rounds',
  report: '/field/report',
  sent: '/field/sent',
  me: '/field/me',
} as const;

export function eventPath(id: string): string {
  return `/field/e/${id}`;
}

export function visitPath(id: string): string {
  return `/field/v/${id}`;
}

export function inspectPath(id: string): string {
  return `/field/i/${id}`;
}

/** `from`: the refused command whose words and photos are taken along. */
export function actPath(id: string, verb: ActVerb, taskId: string | null, from?: string): string {
  const query = new URLSearchParams();
  if (taskId !== null) query.set('task', taskId);
  if (from !== undefined) query.set('from', from);
  const text = query.toString();
  return `/field/e/${id}/${verb}${text === '' ? '' : `?${text}`}`;
}

export function conflictPath(opId: string): string {
  return `/field/sent/${opId}`;
}
