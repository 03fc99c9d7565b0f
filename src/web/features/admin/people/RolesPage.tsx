import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { useRoleName } from '../shared/names.ts';
import { rolesQuery } from '../shared/queries.ts';

/** Every role with what it may do: the table that decides, in words. */
export function RolesPage() {
  const t = useText(admin);
  const roleName = useRoleName();
  const roles = useQuery(rolesQuery);
  return (
    <AdminPage
      title={t.people.roles}
      lead={t.people.rolesLead}
      anyOf={['people.read']}
      back={
        <Go className="adm-back" href="/desk/admin/people">
          {t.people.back}
        </Go>
      }
    >
      <section className="adm-sheet">
        <Loaded query={roles}>
          {(rows) => (
            <DataTable
              label={t.people.roles}
              rows={rows}
              rowKey={({ role }) => role}
              empty={t.people.none}
              columns={[
                { head: t.people.role, cell: ({ role }) => <strong>{roleName(role)}</strong> },
                {
                  head: t.appoint.may,
                  cell: ({ permissions }) => permissions.map((word) => t.permission[word]).join(t.frame.comma),
                },
              ]}
            />
          )}
        </Loaded>
      </section>
    </AdminPage>
  );
}
