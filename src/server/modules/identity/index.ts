export { anonymous, grantsFor, holds, isRole, rolePermissions, roles, systemActor, type Actor, type Grant, type Reach, type Role } from './rules.ts';
export { scopeOf } from './scope-of.ts';
