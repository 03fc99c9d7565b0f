import type { Permission } from '#contract/route.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';

/** What a role may do, in words. */
export function RoleMay({ permissions }: { permissions: readonly Permission[] }) {
  const t = useText(admin);
  return (
    <p className="adm-may">
      <strong>{t.appoint.may}</strong> {permissions.map((word) => t.permission[word]).join(t.frame.comma)}
    </p>
  );
}
