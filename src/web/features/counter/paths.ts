export const counterPaths = {
  record: '/field/station',
  aid: '/field/station/aid',
  raise: '/field/station/raise',
  log: '/field/station/log',
} as const;

export function partPath(key: string): `/field/${string}` {
  return `/field/station/${key}`;
}

export function cardPath(code: string): `/field/${string}` {
  return `/field/station/aid/${code}`;
}
