import type { AllowedAction } from './specs.ts';

/** One action of an event: a verb, on a task or an extension where there are several. */
export function keyOf(action: AllowedAction): string {
  return `${action.verb}.${action.extensionId ?? action.taskId ?? ''}`;
}

export function draftKey(eventId: string, action: AllowedAction): string {
  return `${eventId}.${keyOf(action)}`;
}
