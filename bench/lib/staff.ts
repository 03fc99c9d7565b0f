import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { uuidV7 } from '#kit/ids.ts';
import { digestSecret } from '#server/vault/vault.ts';

export interface Seat {
  cookie: string;
  csrf: string;
  unitId: string;
  areaCode: string | null;
  role: string;
}

/**
 * Sessions of different people of the demo town, written where signing in would write them: five hundred sign-ins would
 * measure the password hash. `where` is a condition on appointment (a) and unit (u).
 */
export async function openSeats(ownerUrl: string, many: number, where = 'true'): Promise<Seat[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ account: string; unitId: string; areaCode: string | null; role: string }>(
      `select distinct on (a.account_id) a.account_id as account, a.unit_id as "unitId", a.area_code as "areaCode", a.role
       from appointment a join unit u on u.id = a.unit_id join account p on p.id = a.account_id
       where a.revoked_at is null and (a.until is null or a.until > current_date) and not p.must_change_password and ${where}
       order by a.account_id, a.id limit $1`,
      [many],
    );
    if (rows.length < many)
      throw new Error(`Expected ${many} people in the demo, found ${rows.length} where ${where}.`);
    const seats = rows.map((row) => ({
      ...row,
      token: randomBytes(24).toString('base64url'),
      csrf: randomBytes(16).toString('hex'),
    }));
    await owner.query(
      `insert into session (id, account_id, token_hash, csrf_token, expires_at, idle_minutes)
       select * , now() + interval '8 hours', 480 from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[])`,
      [
        seats.map(() => uuidV7()),
        seats.map((s) => s.account),
        seats.map((s) => digestSecret(s.token)),
        seats.map((s) => s.csrf),
      ],
    );
    return seats.map(({ token, csrf, unitId, areaCode, role }) => ({
      cookie: `huangge-session=${token}`,
      csrf,
      unitId,
      areaCode,
      role,
    }));
  } finally {
    await owner.end();
  }
}

/** Headers of a command from this seat. */
export const commandHeaders = (seat: Seat): Record<string, string> => ({
  cookie: seat.cookie,
  'x-csrf-token': seat.csrf,
});
