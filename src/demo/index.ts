export { loadDemo } from './load.ts';
export { demoLogins, demoPassword } from './town/logins.ts';
export { makeTown } from './town/make-town.ts';
export { generateMany } from './many.ts';
