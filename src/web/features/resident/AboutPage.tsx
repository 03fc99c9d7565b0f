import { useText } from '#web/i18n/area.ts';
import { resident } from '#web/i18n/resident.ts';
import { Link } from '#web/ui/light/Link.tsx';

export function AboutPage() {
  const t = useText(resident).about;
  return (
    <section className="part">
      <h1>{t.heading}</h1>
      <p>{t.what}</p>
      <h2>{t.privacy}</h2>
      <p>{t.privacyWords}</p>
      <p>{t.photos}</p>
      <p>{t.keep}</p>
      <Link to="/" className="button">
        {t.back}
      </Link>
    </section>
  );
}
