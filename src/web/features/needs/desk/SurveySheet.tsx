import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { AreaField } from '#web/app/AreaField.tsx';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { needs } from '#web/i18n/needs.ts';
import { QrCode } from '#web/ui/QrCode.tsx';
import { areaNameQuery } from './queries.ts';
import { parseNeedSearch } from './search.ts';
import './needs.css';

/** Digits of the code of a community. */
const communityDigits = 12;

/** A sheet of A4 for staircases and stalls: the code of a community's survey, large, in both languages. */
export function SurveySheet() {
  const t = useText(needs);
  const { area = '' } = parseNeedSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const code = area.length >= communityDigits ? area.slice(0, communityDigits) : null;
  const name = useQuery({ ...areaNameQuery(code ?? ''), enabled: code !== null }).data;
  return (
    <div className="needs-survey">
      <div className="needs-tools needs-noprint">
        <Go className="tool tool-framed" href={`/desk/needs${code === null ? '' : `?area=${code}`}`}>
          {t.back}
        </Go>
        {code !== null && (
          <>
            <button type="button" className="tool tool-framed" onClick={() => print()}>
              {t.survey.print}
            </button>
            <a className="tool tool-framed" href={`/survey/${code}`} target="_blank" rel="noreferrer">
              {t.survey.open}
            </a>
          </>
        )}
      </div>
      <div className="needs-noprint">
        <h1>{t.survey.title}</h1>
        <p className="quiet">{t.survey.lead}</p>
        <AreaField
          label={t.survey.community}
          value={code === null ? [] : [{ code, name: name ?? code }]}
          single
          onChange={(next) => void navigate({ to: '.', search: { area: next[0]?.code } as never, replace: true })}
        />
      </div>
      {code !== null && <Sheet code={code} name={name ?? ''} />}
    </div>
  );
}

function Sheet({ code, name }: { code: string; name: string }) {
  const t = useText(needs).survey;
  const address = `${location.origin}/survey/${code}`;
  return (
    <article className="needs-door">
      <p>{name}</p>
      <h2>{needs.zh.survey.head}</h2>
      <p lang="en">{needs.zh.survey.headEn}</p>
      <QrCode text={address} alt={t.qrAlt(name)} size={400} />
      <p>{needs.zh.survey.how}</p>
      <p lang="en">{needs.zh.survey.howEn}</p>
      <p className="needs-address">{address}</p>
    </article>
  );
}
