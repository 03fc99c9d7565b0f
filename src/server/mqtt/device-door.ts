/** A device that proved who it is. */
export interface KnownDevice {
  deviceId: string;
  deviceCode: string;
}

/** What a broker must be able to ask about devices; module sensing answers. */
export interface DeviceDoor {
  /** The device whose code and secret these are; undefined alike for unknown, retired and wrong. */
  verify(code: string, secret: string): Promise<KnownDevice | undefined>;
  /** The device of that code that is in use. */
  find(code: string): Promise<KnownDevice | undefined>;
}

/** Where the broker tells what an operator should know. */
export interface Log {
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}
