import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { fits, hashSecret } from './device-secret.ts';
import { findCredential, listCredentials } from './device-store.ts';

/** A device that proved who it is. */
export interface KnownDevice {
  deviceId: string;
  deviceCode: string;
}

/** What a broker asks about devices: the program's own question, under no viewer's scope. */
export interface DeviceDoor {
  /** The device whose code and secret these are; undefined alike for unknown, retired and wrong. */
  verify(code: string, secret: string): Promise<KnownDevice | undefined>;
  /** The device of that code that is in use, for an outside broker that has checked the secret itself. */
  find(code: string): Promise<KnownDevice | undefined>;
  /** Code and `$7$` hash of all in use, for the password file of an outside broker. */
  credentials(): Promise<{ code: string; secretHash: string }[]>;
}

export function createDeviceDoor(database: Database): DeviceDoor {
  let nobody: Promise<string> | undefined;
  const credential = (code: string) => database.read(systemScope, (tx) => findCredential(tx, code));
  return {
    async verify(code, secret) {
      const found = await credential(code);
      // Without a device the same work is done, so that time does not tell which codes exist.
      nobody ??= hashSecret('nobody');
      const good = await fits(secret, found?.secretHash ?? (await nobody));
      return good && found !== undefined ? { deviceId: found.id, deviceCode: found.code } : undefined;
    },
    async find(code) {
      const found = await credential(code);
      return found && { deviceId: found.id, deviceCode: found.code };
    },
    credentials: () => database.read(systemScope, listCredentials),
  };
}
