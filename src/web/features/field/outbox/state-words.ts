import { laneOf, type Command } from '#web/field/command.ts';
import type { OutboxView } from '#web/field/runner.ts';
import type { field } from '#web/i18n/field.ts';

type StateWord = keyof (typeof field)['zh']['outbox']['state'];

/** Why a command has not gone out, as one word of the dictionary. */
export function stateOf(command: Command, view: OutboxView): StateWord {
  if (command.refusal !== null) return 'refused';
  const before = view.commands.some((other) => laneOf(other) === laneOf(command) && other.seq < command.seq);
  if (before) return 'order';
  if (command.trouble !== null) return command.trouble;
  return view.state === 'sign_in' ? 'signIn' : 'waiting';
}
