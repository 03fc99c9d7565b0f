import { randomUUID } from 'node:crypto';
import * as z from 'zod';

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** A body that has the promised shape and means nothing: what a probe sends to a door that should stay shut. */
export function sample(type: { readonly _zod: unknown }): unknown {
  return fill(z.toJSONSchema(type as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Schema);
}

function fill(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const branch = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (branch !== undefined) return fill(branch);
  const kind = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (kind ?? 'string') {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, fill(schema.properties?.[name] ?? {})]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => fill(schema.items ?? {}));
    case 'integer':
    case 'number':
      return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return text(schema);
  }
}

function text({ format, pattern, minLength }: Schema): string {
  if (format === 'uuid') return randomUUID();
  if (format === 'date-time') return '2027-01-15T09:00:00.000Z';
  if (format === 'date') return '2027-01-15';
  if (format === 'email') return 'nobody@example.org';
  if (pattern?.includes('\\d{6}') === true) return '500105001';
  if (pattern?.includes('0-9+') === true) return '119';
  if (pattern?.includes('0-9a-f]{64}') === true) return '0'.repeat(64);
  return 'probe'.padEnd(minLength ?? 5, 'x');
}
