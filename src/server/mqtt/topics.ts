import { deviceTopics, type DeviceTopic } from '#contract/device-messages.ts';

const pattern = new RegExp(`^hg/v1/([A-Za-z0-9._-]{1,64})/(${deviceTopics.join('|')})$`);

/** Largest payload of a device's message, bytes. */
export const payloadLimit = 16 * 1024;

/** Whose message it is and which of the three; undefined for every other topic. */
export function readTopic(topic: string): { code: string; topic: DeviceTopic } | undefined {
  const [, code, kind] = pattern.exec(topic) ?? [];
  return code === undefined ? undefined : { code, topic: kind as DeviceTopic };
}

/** What an outside broker is asked for. */
export const upwardTopics: readonly string[] = deviceTopics.map((topic) => `hg/v1/+/${topic}`);

/** True for topics below `hg/v1/<code>/down/`, wildcards of that device's own included. */
export function isDownward(code: string, filter: string): boolean {
  return filter.startsWith(`hg/v1/${code}/down/`);
}
