import { useEffect, useRef } from 'react';
import { useText } from '#web/i18n/area.ts';
import { needsPublic } from '#web/i18n/needs-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { toast } from '#web/ui/light/Toast.tsx';

/** What will come of it, and where to see how far it is. */
export function ThanksPart({ area, onAgain }: { area: string; onAgain: () => void }) {
  const t = useText(needsPublic);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    head.current?.focus();
    scrollTo(0, 0);
  }, []);
  const share = async (): Promise<void> => {
    const url = `${location.origin}/survey/${area}`;
    try {
      if (typeof navigator.share === 'function') await navigator.share({ title: t.title, url });
      else {
        await navigator.clipboard.writeText(url);
        toast(t.shared);
      }
    } catch {
      // They thought better of it.
    }
  };
  return (
    <div className="survey-thanks">
      <h2 ref={head} tabIndex={-1} role="status">
        {t.thanks}
      </h2>
      <ol className="how">
        {Object.values(t.thanksNext).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ol>
      <Link to={`/survey/${area}/needs`} className="button button-main button-wide">
        <span>{t.see}</span>
      </Link>
      <Button wide onClick={() => void share()}>
        {t.share}
      </Button>
      <Button wide onClick={onAgain}>
        {t.again}
      </Button>
    </div>
  );
}
