import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createDeviceDoor, hashSecret } from '#server/modules/sensing/index.ts';
import { accessFiles } from '#server/mqtt/access-files.ts';
import { exitCodes, UsageError, type Command, type Io } from './command.ts';
import { withDatabase } from './database.ts';

/** Writes what a mosquitto beside us must know, so that it lets the registered devices in and nobody else. */
export const mqttAclCommand: Command = {
  name: 'mqtt acl',
  summary: 'Writes the password and access files of an outside mosquitto: every device in use, and this program.',
  usage: '<folder>',
  help: [
    '  <folder>  gets the files "passwords" and "acl"; name them in mosquitto.conf and send mosquitto SIGHUP afterwards',
    '  This program itself is let in by the name and password in MQTT_URL. See docs/mqtt.md.',
  ].join('\n'),
  options: {},
  async run(io, { positionals }) {
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0)
      throw new UsageError(`Expected one folder, found ${positionals.length}.`);
    const { name, secret } = readerOf(io.env);
    const folder = resolve(io.env['INIT_CWD'] ?? io.env['PWD'] ?? '.', given);
    const devices = await withDatabase(io, (database) => createDeviceDoor(database).credentials());
    if (devices.some(({ code }) => code === name))
      throw new UsageError(`MQTT_URL names ${name}, but that is the code of a device. Choose another name.`);
    const files = accessFiles(devices, { name, secretHash: await hashSecret(secret) });
    await mkdir(folder, { recursive: true });
    await writeWhole(join(folder, 'passwords'), files.passwords);
    await writeWhole(join(folder, 'acl'), files.acl);
    io.out(`${devices.length} devices and ${name} may connect: ${join(folder, 'passwords')}, ${join(folder, 'acl')}.`);
    return exitCodes.done;
  },
};

/** @throws UsageError when MQTT_URL says no name and password */
function readerOf(env: Io['env']): { name: string; secret: string } {
  const text = env['MQTT_URL'] ?? '';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [name, secret] = [decodeURIComponent(url?.username ?? ''), decodeURIComponent(url?.password ?? '')];
  if (/^[A-Za-z0-9._-]{1,64}$/.test(name) && secret !== '') return { name, secret };
  throw new UsageError(
    'Set MQTT_URL to the address by which this program will read, such as mqtts://huangge:secret@broker.example.org:8883; the name takes letters, digits, . _ -.',
  );
}

/** Nobody ever reads half a file. */
async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o640 });
  await rename(`${path}.new`, path);
}
