import type pg from 'pg';

/** The schema as text, table by table, so that a reviewer sees in the diff what a migration really does. */
export async function dumpSchema(client: pg.Client): Promise<string> {
  const tables = await client.query<{ name: string; columns: string; rest: string | null; rls: boolean }>(`
    select c.relname as name, c.relrowsecurity as rls,
      (select string_agg(format('  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' else '' end,
          case when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end), E',\\n' order by a.attnum)
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select string_agg(format('  constraint %s %s', conname, pg_get_constraintdef(k.oid)), E',\\n' order by contype desc, conname)
        from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n') as rest
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`);
  const indexes = await client.query<{ table: string; definition: string }>(`
    select tablename as table, indexdef as definition from pg_indexes
    where schemaname = 'public' and indexname not in (select conname from pg_constraint) order by indexname`);
  const policies = await client.query<{ table: string; text: string }>(`
    select tablename as table, format('create policy %s on %s for %s using (%s)', policyname, tablename, lower(cmd), qual) as text
    from pg_policies where schemaname = 'public' order by policyname`);
  const functions = await client.query<{ text: string }>(`
    select pg_get_functiondef(oid) as text from pg_proc where pronamespace = 'public'::regnamespace order by proname`);
  const rights = await client.query<{ table: string; words: string }>(`
    select table_name as table, string_agg(lower(privilege_type), ', ' order by privilege_type) as words
    from information_schema.role_table_grants where grantee = 'huangge_app' and table_schema = 'public'
    group by table_name order by table_name`);

  const lines = ['-- Made by tools/gen.ts from the migrations; do not edit.', ''];
  for (const { name, columns, rest, rls } of tables.rows) {
    lines.push(`create table ${name} (`, rest === null ? columns : `${columns},\n${rest}`, ');');
    for (const index of indexes.rows) if (index.table === name) lines.push(`${index.definition};`);
    if (rls) lines.push(`alter table ${name} enable row level security;`);
    for (const policy of policies.rows) if (policy.table === name) lines.push(`${policy.text};`);
    const granted = rights.rows.find((row) => row.table === name);
    if (granted !== undefined) lines.push(`grant ${granted.words} on ${name} to huangge_app;`);
    lines.push('');
  }
  for (const { text } of functions.rows) lines.push(`${text.trim()};`, '');
  return lines.join('\n');
}
