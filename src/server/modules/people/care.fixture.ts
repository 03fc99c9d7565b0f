/** People in care and those who work with them, in the small town of module grids. */
import { randomBytes, randomUUID } from 'node:crypto';
import { fixedClock } from '#kit/clock.ts';
import { isAppError, type AppError, type ErrorCode } from '#kit/errors.ts';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { asOwner, buildTown, district, ids } from '#server/modules/grids/town.fixture.ts';
import { createVault } from '#server/vault/vault.ts';
import { createPeople } from './index.ts';

export const careWish = {
  name: '样老太',
  phone: '138 0000 1234',
  idNumber: '11010519491231002X',
  address: '样街1号',
  addressDetail: '2单元5-3',
  contact: '女儿 13900005678',
  guardian: null,
  health: null,
  birthYear: null,
  tags: ['elder_alone', 'oxygen'],
  lon: 104.0020004,
  lat: 30.002,
  responsibleId: null,
};
/** What may stand nowhere but sealed, or in the hands of whoever asked lawfully. */
export const careCanaries = ['样老太', '0000 1234', '11010519491231002X', '单元5-3', '13900005678'];

export const op = () => ({ opId: randomUUID() });

/** The refusal a piece of work ends in. @throws Error when it ends in another or in none */
export async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  return error;
}

export async function buildCare() {
  const town = await buildTown();
  const vault = createVault([randomBytes(32)]);
  const clock = fixedClock(Date.UTC(2026, 5, 1));
  const { database, territory } = town;
  const people = createPeople({ database, territory, vault, clock });

  /** Somebody with an account and this appointment; `by`: who made the appointment, as the ledger says. */
  async function member(role: Role, areaCode: string, name = '样员', by?: Actor): Promise<Actor> {
    const id = randomUUID();
    const appointment = randomUUID();
    await asOwner(town.url, async (tx) => {
      await tx.db.insertInto('account').values({ id, login: id, display_name: name }).execute();
      await tx.db
        .insertInto('appointment')
        .values({
          id: appointment,
          account_id: id,
          unit_id: ids.centre,
          area_code: areaCode,
          role,
          since: '2026-01-01',
        })
        .execute();
      if (by !== undefined)
        await tx.db
          .insertInto('ledger_entry')
          .values({
            id: randomUUID(),
            tenant: 'main',
            district,
            at: new Date(clock.now()),
            actor_kind: 'account',
            actor_id: by.accountId,
            action: 'appointment.begin',
            subject_type: 'appointment',
            subject_id: appointment,
            data: '{}',
          })
          .execute();
    });
    const grant = { role, unitId: ids.centre, areaCode, permissions: new Set(rolePermissions[role]) };
    return { kind: 'account', accountId: id, name, adminKind: null, grants: [grant], limitedTo: null };
  }

  const clerk = await member('secretary', district, '样书记');
  const add = async (
    fields: Partial<Omit<typeof careWish, 'idNumber'> & { idNumber: string | null }> = {},
    actor = clerk,
  ) => {
    const body = { ...op(), ...careWish, ...fields };
    return (await people.handlers.create({ params: {}, query: {}, body }, { actor })).person;
  };
  return { town, vault, clock, people, member, clerk, add, close: () => town.close() };
}
