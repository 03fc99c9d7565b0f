import { useQuery } from '@tanstack/react-query';
import { demoRoutes } from '#contract/demo.ts';
import { call } from '#web/app/call.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { languageChoice } from '#web/i18n/language.ts';

/** One click signs in as somebody of the demo. Shown only when the server says that it is one. */
export function DemoAccounts({
  onChoose,
  busy,
}: {
  onChoose: (login: string, password: string) => void;
  busy: boolean;
}) {
  const t = useText(desk).signIn;
  const lang = languageChoice.use();
  const { data } = useQuery({ queryKey: ['demo'], queryFn: () => call(demoRoutes.demo, {}), staleTime: Infinity });
  if (data?.demo !== true || data.password === null) return null;
  const { password } = data;
  return (
    <section className="demo-accounts" aria-label={t.demo}>
      <h2>{t.demo}</h2>
      <p>{t.demoHint(password)}</p>
      <ul>
        {data.accounts.map((account) => (
          <li key={account.login}>
            <button type="button" disabled={busy} onClick={() => onChoose(account.login, password)}>
              <b>{account.login}</b>
              <span>{lang === 'en' ? account.nameEn : account.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
