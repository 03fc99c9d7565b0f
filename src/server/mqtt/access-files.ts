/** The two files by which mosquitto lets devices in, and us. */
export interface AccessFiles {
  passwords: string;
  acl: string;
}

/**
 * Password and access list for mosquitto: each device as its code with its own topics, and one reader for this program.
 * Lines stay in the order given.
 * @throws Error when the reader's name could be mistaken for a device's or breaks the file
 */
export function accessFiles(
  devices: readonly { code: string; secretHash: string }[],
  reader: { name: string; secretHash: string },
): AccessFiles {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(reader.name) || devices.some(({ code }) => code === reader.name))
    throw new Error(`The reader's name must be letters, digits, . _ - and no device's code, found ${reader.name}.`);
  const lines = [
    ...devices.map(({ code, secretHash }) => `${code}:${secretHash}`),
    `${reader.name}:${reader.secretHash}`,
  ];
  return {
    passwords: `${lines.join('\n')}\n`,
    acl: [
      `user ${reader.name}`,
      'topic read hg/v1/+/readings',
      'topic read hg/v1/+/alarm',
      'topic read hg/v1/+/status',
      'topic write hg/v1/+/down/#',
      '',
      '# A device, by its own name only.',
      'pattern write hg/v1/%u/readings',
      'pattern write hg/v1/%u/alarm',
      'pattern write hg/v1/%u/status',
      'pattern read hg/v1/%u/down/#',
      '',
    ].join('\n'),
  };
}
