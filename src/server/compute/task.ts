/** What a task may do besides computing. */
export interface Work {
  /** Tells how much is done, in the task's own units; at most some times a second reach the caller. */
  progress(done: number, total: number): void;
  /** @throws Stopped when the caller no longer wants the answer. Ask some times a second. */
  stopIfAsked(): void;
}

/** The caller no longer wants the answer. */
export class Stopped extends Error {
  constructor() {
    super('Stopped by the caller.');
    this.name = 'Stopped';
  }
}

/** A module that computes: its address, with the types of what it takes and gives. */
export interface Task<In, Out> {
  /** Of a module that exports `run(input: In, work: Work): Out | Promise<Out>`. */
  url: URL;
  /** Never set: holds the types. */
  readonly types?: (input: In) => Out;
}

/** Names a task by the module that runs it. */
export function taskAt<In, Out>(url: URL): Task<In, Out> {
  return { url };
}
