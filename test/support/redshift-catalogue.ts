/** Redshift's own views on grants, procedures and materialised views, as tables that the emulator keeps. */
export const REDSHIFT_CATALOGUE = [
  'create table engine.svv_schema_privileges (namespace_name varchar, privilege_type varchar, identity_name varchar, identity_type varchar)',
  'create table engine.svv_relation_privileges (namespace_name varchar, relation_name varchar, privilege_type varchar, identity_name varchar, identity_type varchar)',
  'create table engine.svv_mv_info (schema_name varchar, name varchar, is_stale varchar, autorefresh integer)',
  'create table engine.svv_redshift_functions (schema_name varchar, function_name varchar, function_type varchar)',
];

const GRANT =
  /^\s*(grant|revoke) ([a-z, ]+) on (all tables in schema|schema|table) ([\w.]+) (?:to|from) (?:(role|user) )?(\w+)\s*$/i;
const VIEW = /^\s*(?:--[^\n]*\n)*\s*(create|drop) materialized view (?:if exists )?(\w+)\.(\w+)/i;

/** What a statement changes in these views. */
export function catalogueChanges(sql: string): string[] {
  const view = VIEW.exec(sql);
  if (view) {
    const [, verb = '', schema, name] = view;
    return verb.toLowerCase() === 'drop'
      ? [`delete from engine.svv_mv_info where schema_name = '${schema}' and name = '${name}'`]
      : [`insert into engine.svv_mv_info values ('${schema}', '${name}', 'f', 1)`];
  }
  const [, verb = '', list = '', what = '', on = '', kind = 'user', to = ''] = GRANT.exec(sql) ?? [];
  if (verb === '' || to === 'public') return [];
  const privileges = list.split(',').map((one) => one.trim().toUpperCase());
  const [schema, relation] = on.split('.');
  return privileges.flatMap((privilege) => {
    const who = `identity_name = '${to}' and privilege_type = '${privilege}' and namespace_name = '${schema}'`;
    if (what.toLowerCase() === 'schema')
      return [
        `delete from engine.svv_schema_privileges where ${who}`,
        ...(verb === 'grant'
          ? [
              `insert into engine.svv_schema_privileges values ('${schema}', '${privilege}', '${to}', '${kind}')`,
            ]
          : []),
      ];
    const named = relation ? ` and table_name = '${relation}'` : '';
    return [
      `delete from engine.svv_relation_privileges where ${who}`,
      ...(verb === 'grant'
        ? [
            `insert into engine.svv_relation_privileges select table_schema, table_name, '${privilege}', '${to}', '${kind}' from information_schema.tables where table_schema = '${schema}'${named}`,
          ]
        : []),
    ];
  });
}
