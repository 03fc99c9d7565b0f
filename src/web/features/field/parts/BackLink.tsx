import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { fieldPaths } from '../paths.ts';

/** The way back to where one came from; without words, to today. */
export function BackLink({ to = fieldPaths.today, words }: { to?: string; words?: string }) {
  const t = useText(field).nav;
  return (
    <Link to={to} className="back-link">
      <Icon name="back" />
      <span>{words ?? t.today}</span>
    </Link>
  );
}
