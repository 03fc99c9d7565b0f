import { callAsMember } from '#web/app/group-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative } from '#web/i18n/format.ts';
import { groupHome } from '#web/i18n/group-home.ts';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { groupPath } from './paths.ts';

/** The groups this browser is a member of. */
export function MinePage() {
  const t = useText(groupHome);
  const { value, error, reload } = useLoad('mine', (signal) => callAsMember('mine', {}, { signal }));
  return (
    <section className="part">
      <h1>{t.mine}</h1>
      {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {value === undefined && error === undefined && <Skeleton lines={3} />}
      {value?.items.length === 0 && <p>{t.home.notMember}</p>}
      <ul className="found">
        {value?.items.map((one) => (
          <li key={one.id}>
            <Link to={groupPath(one.id)} className="found-place">
              <strong>{one.name}</strong>
              <small>
                {one.lastWords} {one.lastAt !== null && `· ${formatRelative(one.lastAt)}`}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
