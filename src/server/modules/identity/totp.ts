import { generateSecret, generateURI, verifySync } from 'otplib';
import QRCode from 'qrcode';

/** RFC 6238 as every authenticator app speaks it: SHA-1, 6 digits, 30 seconds. */
const stepS = 30;

export interface TotpEnrolment {
  secret: string;
  uri: string;
  qrSvg: string;
}

/** A new secret (160 bits, base32) with the otpauth address and its picture. */
export async function makeEnrolment(issuer: string, login: string): Promise<TotpEnrolment> {
  const secret = generateSecret();
  const uri = generateURI({ issuer, label: login, secret });
  return { secret, uri, qrSvg: await QRCode.toString(uri, { type: 'svg', margin: 1 }) };
}

/**
 * The time step a code belongs to, looking one step back and one ahead, or null when it is wrong or not newer than
 * `lastStep`. The caller must store the step in the same transaction: a code is good once.
 */
export function stepOfCode(secret: string, code: string, nowMs: number, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const result = verifySync({ secret, token: code, epoch: Math.floor(nowMs / 1000), epochTolerance: stepS });
  if (!result.valid || !('timeStep' in result)) return null;
  return lastStep === null || result.timeStep > lastStep ? result.timeStep : null;
}
