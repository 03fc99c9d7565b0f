import { AppError } from '#kit/errors.ts';
import { holds, type Actor } from '#server/modules/identity/index.ts';
import { findField, type Fields } from './fields.ts';
import type { Parts } from './parts.ts';

/** Who sends it: the account behind the api_key. @throws AppError not_allowed (403) when it is missing, wrong or too weak */
export async function keyHolder(parts: Parts, fields: Fields): Promise<Actor> {
  const actor = await findKeyHolder(parts, fields);
  if (actor === undefined)
    throw new AppError('not_allowed', 'api_key: missing or invalid. Ask the security administrator for a token.');
  if (!holds(actor, 'event.report'))
    throw new AppError(
      'not_allowed',
      'api_key: the token or the appointments of its account do not carry "event.report". Ask for that scope.',
    );
  return actor;
}

/** The account behind the api_key, if one was sent and is good. */
export async function findKeyHolder(parts: Parts, fields: Fields): Promise<Actor | undefined> {
  const bearer = findField(fields, 'api_key');
  if (bearer === undefined || bearer.length > 200) return undefined;
  const { actor } = await parts.identify({ sessionToken: null, bearer });
  return actor.kind === 'token' ? actor : undefined;
}
