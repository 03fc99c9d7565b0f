export { loadDemo, type DemoLoaded, type DemoParts } from './load.ts';
export { demoCommunity, demoPlaceId, demoLogins, demoPassword, type DemoLogin } from './town/logins.ts';
export { makeTown, type Town } from './town/make-town.ts';
export { generateMany, type ManyOptions } from './many.ts';
