export { createOidcProvider, type OidcOptions } from './oidc/oidc.ts';
