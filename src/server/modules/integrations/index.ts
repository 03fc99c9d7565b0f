export { createOidcProvider, type OidcOptions } from './oidc/oidc.ts';
export { toJson, toXml, type Document as Open311Document } from './open311/document.ts';
export { parseFields } from './open311/fields.ts';
export { createOpen311, type Open311, type Open311Verb } from './open311/open311.ts';
