import { AppError } from '#kit/errors.ts';
import { releasePlace } from './commands-sign-up.ts';
import { note, sealedAt, type VolunteersParts, type Work } from './parts.ts';
import { sameName } from './rules.ts';
import { giveSignUps, listOverlaps, type SignUpRow } from './store-sign-up.ts';
import { findVolunteer, joinTo, listByPhone, markKnown, type VolunteerRow } from './store-volunteer.ts';

/**
 * Whoever signs up from the street is a new person until a head has seen them: so nobody learns, by typing a number, whose
 * it is or what its owner does. Seen in person, they are either known from now on, or the one of that name and telephone
 * who is known already; then their link opens that person's page and their places move there.
 */
export async function makeKnown(parts: VolunteersParts, work: Work, signUp: SignUpRow): Promise<void> {
  const volunteer = await findVolunteer(work.tx, signUp.volunteerId, true);
  if (volunteer?.state !== 'new') return;
  const known = await knownAs(parts, work, volunteer);
  if (known === undefined) return markKnown(work.tx, volunteer.id);
  for (const pair of await listOverlaps(work.tx, volunteer.id, known.id)) {
    const [stays, goes] = pair.newcomer.id === signUp.id ? [pair.newcomer, pair.known] : [pair.known, pair.newcomer];
    if (goes.presence !== null || goes.arrivedAt !== null)
      throw new AppError(
        'already_exists',
        'This person, under an earlier link, is recorded at another place for the same time. Correct one of the two.',
        { shiftId: stays.shiftId },
      );
    await releasePlace(work, goes);
  }
  await giveSignUps(work.tx, volunteer.id, known.id);
  await joinTo(work.tx, volunteer.id, known.id);
  await note(work, {
    action: 'volunteer.join',
    subject: { type: 'volunteer', id: known.id },
    held: signUp,
    data: { joinedId: volunteer.id },
  });
}

/** The known person of the same telephone and the same name; families share telephones, so the number alone is not enough. */
export async function knownAs(
  { vault }: VolunteersParts,
  work: Work,
  person: Pick<VolunteerRow, 'id' | 'name' | 'phoneIndex'>,
): Promise<VolunteerRow | undefined> {
  const { name, phoneIndex } = person;
  if (name === null || phoneIndex === null) return undefined;
  const plain = vault.open(name, sealedAt.name);
  const others = await listByPhone(work.tx, phoneIndex);
  const found = others.find(
    (one) =>
      one.state === 'known' &&
      one.id !== person.id &&
      one.name !== null &&
      sameName(plain, vault.open(one.name, sealedAt.name)),
  );
  return found === undefined ? undefined : findVolunteer(work.tx, found.id, true);
}
