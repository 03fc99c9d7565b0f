import { readOutsideBroker } from '#server/mqtt/outside-broker.ts';
import { startBroker } from '#server/mqtt/broker.ts';
import type { DeviceDoor } from '#server/mqtt/device-door.ts';
import type { Intake } from '#server/mqtt/intake.ts';
import type { Joined, Parts } from './parts.ts';

interface Listening {
  /** Where devices connect; null when an outside broker takes them, or none does. */
  port: number | null;
  drop(code: string): void;
  stop(): Promise<void>;
}

/** Lines after which a device must prove itself anew. */
const changes = new Set(['device.retire', 'device.rotate']);

/**
 * Opens the door for devices: the broker inside, or the outside one that MQTT_URL names. While developing, a port that
 * another program has is told and done without; where the port was chosen, or in production, it is a refusal to start.
 */
export async function joinMqtt(
  { config, clock, app, sequencer }: Parts,
  intake: Intake,
  devices: DeviceDoor,
): Promise<Joined & { mqttPort: number | null }> {
  const listening = await open();
  if (listening === null) return { mqttPort: null };
  const unsubscribe = sequencer.subscribe((lines) => {
    for (const { action, data } of lines) {
      const code = data['code'];
      if (changes.has(action) && typeof code === 'string') listening.drop(code);
    }
  });
  return {
    mqttPort: listening.port,
    async stop() {
      unsubscribe();
      await listening.stop();
    },
  };

  async function open(): Promise<Listening | null> {
    const { port, chosen, url, ca } = config.mqtt;
    const log = app.log;
    if (url !== null) {
      const clientId = `huangge-${config.tenant}`;
      return { port: null, ...readOutsideBroker({ url, ca, clientId, devices, intake, log, now: () => clock.now() }) };
    }
    if (port === null) return null;
    try {
      return await startBroker({ port, host: config.host, devices, intake, log, now: () => clock.now() });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      const sentence = `Port ${port} for devices (MQTT) is taken by another program. Set MQTT_PORT to a free one, or to "off".`;
      if (chosen || config.production) throw new Error(sentence, { cause: error });
      log.warn(`${sentence} Going on without devices.`);
      return null;
    }
  }
}
