/**
 * A start that cannot succeed for a reason the operator can act on. The message is a whole sentence (what was
 * expected, what was found, what to do); whoever starts the program prints it alone, without a stack.
 */
export class StartRefused extends Error {
  override name = 'StartRefused';
}

/** What PostgreSQL (or the operating system) says, and what an operator should read instead. First match wins. */
const KNOWN: readonly { pattern: RegExp; sentence: (where: string) => string }[] = [
  {
    pattern: /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/,
    sentence: (where) =>
      `The disk that holds ${where} is full. PostgreSQL needs about 200 MB to begin with: free some space and start again; nothing that was saved is lost.`,
  },
  {
    pattern: /could not bind .*: Address already in use|could not create any TCP\/IP sockets/s,
    sentence: () =>
      'The port for PostgreSQL is already used by another program. Choose another port, or stop that program.',
  },
  {
    pattern: /Read-only file system|EROFS/,
    sentence: (where) => `The folder ${where} is on a read-only disk. Choose a data folder that can be written.`,
  },
  {
    pattern: /has wrong ownership|has invalid permissions|Permission denied|Operation not permitted|EACCES|EPERM/,
    sentence: (where) =>
      `The folder ${where} may not be read or written by the user PostgreSQL runs as. Start as the user who owns it, or give it to that user (chown -R) with mode 700.`,
  },
  {
    pattern: /database files are incompatible with server/,
    sentence: (where) =>
      `The folder ${where} was written by another version of PostgreSQL. Start the version of Huangge that wrote it and make a backup there, or choose an empty data folder.`,
  },
  {
    pattern: /Cannot allocate memory|could not map anonymous shared memory|ENOMEM/,
    sentence: () => 'There is not enough free memory to start PostgreSQL: about 400 MB are needed.',
  },
  {
    pattern: /could not locate a valid checkpoint record|invalid checkpoint record|invalid magic number/,
    sentence: (where) =>
      `The database in ${where} is damaged and cannot recover by itself. Keep a copy of the folder, then restore a backup.`,
  },
];

/**
 * Turns the last output of PostgreSQL, or a system error, into the sentence an operator needs.
 * @param output what was said, any length
 * @param where the folder the sentence should name
 */
export function explainFailure(output: string, where: string): StartRefused {
  const known = KNOWN.find((entry) => entry.pattern.test(output));
  if (known) return new StartRefused(known.sentence(where));
  const lastLines = output.trim().split('\n').slice(-8).join('\n');
  return new StartRefused(`PostgreSQL did not start on ${where}. It said last:\n${lastLines || '(nothing)'}`);
}

/** The same for a thrown value; a refusal that already is a sentence stays as it is. */
export function explainError(error: unknown, where: string): StartRefused {
  if (error instanceof StartRefused) return error;
  return explainFailure(error instanceof Error ? error.message : String(error), where);
}
