import { Logo } from '#web/ui/icons/Logo.tsx';
import { useText } from '#web/i18n/area.ts';
import { resident } from '#web/i18n/resident.ts';
import { Link } from '#web/ui/light/Link.tsx';
import { ToastPlace } from '#web/ui/light/Toast.tsx';

export function ResidentPages() {
  const t = useText(resident);
  return (
    <>
      <header className="page-head">
        <Link to="/" className="brand">
          <Logo />
          <span>{t.title}</span>
        </Link>
      </header>
      <ToastPlace />
    </>
  );
}
