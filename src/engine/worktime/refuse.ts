import { AppError } from '#kit/errors.ts';

/** Refuses a calendar (`bad_input`): the message names the place, what was expected and what was found. */
export function refuseCalendar(message: string): never {
  throw new AppError('bad_input', `Working calendar refused. ${message}`);
}

/** Refuses an amount, an instant or a clock (`bad_input`). */
export function refuseTime(message: string): never {
  throw new AppError('bad_input', `Working time refused. ${message}`);
}
