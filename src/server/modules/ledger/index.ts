export { append, configureLedger, privateDigest, type LedgerActor, type LedgerLine } from './append.ts';
export { once, type Op } from './once.ts';
export { timeline, type TimelineLine } from './store-timeline.ts';
