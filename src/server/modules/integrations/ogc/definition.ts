import * as z from 'zod';
import { ogcRoutes, pageSize } from '#contract/ogc.ts';
import type { Route, Schema } from '#contract/route.ts';
import type { Ask, Parts } from './parts.ts';
import { types } from './links.ts';
import { words } from './words.ts';

type Json = Record<string, unknown>;

/** OpenAPI 3.0 of this endpoint alone, made from the same contract that serves it. */
export function definition({ publicUrl }: Parts, { locale }: Ask): Json {
  const paths = Object.fromEntries(
    Object.entries(ogcRoutes as Record<string, Route>).map(([name, route]) => [
      route.path.slice('/ogc'.length).replaceAll(/:(\w+)/g, '{$1}') || '/',
      { get: operation(name, route) },
    ]),
  );
  return {
    openapi: '3.0.3',
    info: { title: words[locale].title, description: words[locale].about, version: '1.0.0' },
    servers: [{ url: new URL('/ogc', publicUrl).href }],
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

function operation(name: string, route: Route): Json {
  const guarded = route.permission !== 'public';
  const type = guarded ? types.geojson : name === 'definition' ? types.openapi : types.json;
  const refusals = guarded ? { 400: '400', 401: '401', 403: '403', 404: '404' } : { 400: '400', 404: '404' };
  return {
    operationId: name,
    summary: route.summary,
    ...(guarded ? { security: [{ token: [] }] } : {}),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    responses: {
      200: {
        description: 'OK',
        content: { [type]: { schema: { type: 'object' } }, [types.html]: { schema: { type: 'string' } } },
      },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [
          status,
          { description, content: { 'application/problem+json': { schema: { type: 'object' } } } },
        ]),
      ),
    },
  };
}

function parameters(type: Schema, place: 'path' | 'query'): Json[] {
  const schema = z.toJSONSchema(type as z.ZodType, { io: 'input', target: 'openapi-3.0', unrepresentable: 'any' }) as {
    properties?: Record<string, Json>;
  };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: schemaOf(name, property),
    ...(name === 'bbox' ? { style: 'form', explode: false } : {}),
  }));
}

/** Three parameters have the shape the standard gives them, whatever text our contract reads them from. */
function schemaOf(name: string, own: Json): Json {
  if (name === 'bbox')
    return { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' }, description: own['description'] };
  if (name === 'limit')
    return { type: 'integer', minimum: pageSize.least, maximum: pageSize.most, default: pageSize.usual };
  return own;
}
