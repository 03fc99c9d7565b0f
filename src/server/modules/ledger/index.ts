export { append, configureLedger, privateDigest, type LedgerActor, type LedgerLine } from './append.ts';
export type { LedgerNews } from './line.ts';
export { once, type Op } from './once.ts';
export { createSequencer, type Sequencer } from './sequencer.ts';
export { createSigner, makeLedgerKey, type LedgerSigner } from './signer.ts';
export { timeline, type TimelineLine } from './store-timeline.ts';
