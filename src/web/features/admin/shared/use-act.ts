export { useAct } from '#web/app/use-act.ts';
