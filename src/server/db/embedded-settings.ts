/**
 * How the embedded PostgreSQL is set. Durability is not negotiable for a program that promises "reported is kept";
 * the sizes are modest enough for a laptop and give the demo district room (2 cores, 24 GB measured).
 */
const DEFAULTS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // Only TCP: a socket file in the data folder breaks when the folder's path is longer than 107 bytes.
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '2GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  // Compiling short queries costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  // The owner reads the server's log when something fails; statements may hold personal data and stay out of it.
  log_min_error_statement: 'panic',
  password_encryption: 'scram-sha-256',
};

/** Command line of `postgres`, in a fixed order, so that two starts with equal wishes have equal lines. */
export function serverArgs(dataDir: string, port: number, settings: Readonly<Record<string, string>> = {}): string[] {
  const pairs = Object.entries({ ...DEFAULTS, ...settings }).sort(([a], [b]) => (a < b ? -1 : 1));
  return ['-p', String(port), '-D', dataDir, ...pairs.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * Whether the running server, whose line PostgreSQL keeps in postmaster.opts, was started as we would start it now.
 * @param port undefined when any port will do
 */
export function startedAlike(
  opts: string,
  dataDir: string,
  port: number | undefined,
  settings?: Readonly<Record<string, string>>,
): boolean {
  const quoted = [...opts.matchAll(/ "([^"]*)"/g)].map((match) => match[1] ?? '');
  const ownPort = Number(quoted[1]);
  return serverArgs(dataDir, port ?? ownPort, settings).join('\0') === quoted.join('\0');
}
