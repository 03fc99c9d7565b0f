import * as z from 'zod';
import type { Route, Schema } from '#contract/route.ts';

type Json = Record<string, unknown>;

function schemaOf(type: Schema, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(type as z.ZodType, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json;
  return schema;
}

function parametersOf(type: Schema, place: 'path' | 'query'): Json[] {
  const schema = schemaOf(type, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (schema.required ?? []).includes(name),
    schema: property,
  }));
}

/** OpenAPI 3.1 document of all contracts: the same objects that serve the routes, so it cannot say anything else. */
export function openApiOf(contracts: Record<string, Record<string, Route>>): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [module, contract] of Object.entries(contracts)) {
    for (const [name, route] of Object.entries(contract)) {
      const path = route.path.replace(/:([a-zA-Z]+)/g, '{$1}');
      paths[path] ??= {};
      paths[path][route.method.toLowerCase()] = {
        operationId: `${module}.${name}`,
        tags: [module],
        summary: route.summary,
        'x-permission': route.permission,
        security: route.permission === 'public' ? [] : [{ session: [] }, { token: [] }],
        parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
        ...(route.raw === 'upload'
          ? {
              requestBody: { required: true, content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } },
            }
          : route.method === 'GET'
            ? {}
            : {
                requestBody: {
                  required: true,
                  content: {
                    [route.raw === 'form' ? 'application/x-www-form-urlencoded' : 'application/json']: {
                      schema: schemaOf(route.body, 'input'),
                    },
                  },
                },
              }),
        responses: {
          '200': {
            description: 'OK',
            ...(route.raw === undefined || route.raw === 'upload' || route.raw === 'signed'
              ? { content: { 'application/json': { schema: schemaOf(route.response, 'output') } } }
              : {}),
          },
          default: route.path.startsWith('/open311/')
            ? {
                description: 'GeoReport v2',
                content: {
                  'application/json': { schema: { $ref: '#/components/schemas/Open311Errors' } },
                  'text/xml': {},
                },
              }
            : {
                description: 'RFC 9457',
                content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
              },
        },
      };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Huangge 黄葛', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-huangge' },
        token: { type: 'http', scheme: 'bearer' },
      },
      schemas: {
        Open311Errors: {
          type: 'array',
          items: {
            type: 'object',
            required: ['code', 'description'],
            properties: { code: { type: 'integer' }, description: { type: 'string' } },
          },
        },
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
            requestId: { type: 'string' },
            data: { type: 'object' },
          },
        },
      },
    },
  };
}
