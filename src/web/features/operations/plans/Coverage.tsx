import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useNow } from '#web/app/now.ts';
import { usePlanName } from '#web/app/plan-names.ts';
import { useText } from '#web/i18n/area.ts';
import { plans } from '#web/i18n/plans.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useName } from '../parts/names.ts';
import { Table } from '../parts/Table.tsx';
import { coverageQuery } from '../queries.ts';

const days = 30;
const dayMs = 86_400_000;
const shanghaiMs = 8 * 3_600_000;

/** How many events had a plan to follow and how many followed it; every number opens its events. */
export function Coverage() {
  const t = useText(plans).coverage;
  const nameOf = useName();
  const planName = usePlanName();
  const now = useNow();
  const from = new Date(now + shanghaiMs - days * dayMs).toISOString().slice(0, 10);
  const coverage = useQuery(coverageQuery(`${from}T00:00:00.000+08:00`));
  const { data } = coverage;
  if (data === undefined) return <ProblemNote error={coverage.error} onRetry={() => void coverage.refetch()} />;
  const share = (part: number): string =>
    data.events === 0 ? '' : t.share(Math.round((part / data.events) * 1000) / 10);
  return (
    <section className="ops-part" aria-label={t.title}>
      <h2>{t.title}</h2>
      <dl className="ops-figures">
        <div>
          <dt>{t.events}</dt>
          <dd>
            <Figure n={data.events} name={t.events} href={`/desk?from=${from}`} />
          </dd>
        </div>
        <div>
          <dt>{t.withPlan}</dt>
          <dd>
            <Figure n={data.withPlan} name={t.withPlan} href="#plan-coverage" /> <small>{share(data.withPlan)}</small>
          </dd>
        </div>
        <div>
          <dt>{t.opened}</dt>
          <dd>
            <Figure n={data.opened} name={t.opened} href={`/desk/operations?open=false&from=${from}`} />{' '}
            <small>{share(data.opened)}</small>
          </dd>
        </div>
      </dl>
      {data.byCategory.length === 0 ? (
        <p className="quiet">{t.none}</p>
      ) : (
        <div id="plan-coverage">
          <Table
            label={t.title}
            rows={data.byCategory.filter((row) => row.planCodes.length > 0)}
            rowKey={(row) => row.categoryCode}
            columns={[
              { head: t.category, cell: (row) => nameOf(row) },
              {
                head: t.plan,
                cell: (row) =>
                  row.planCodes.map((code) => (
                    <Go key={code} className="ops-link" href={`/desk/plans/${code}`}>
                      {planName(code)}
                    </Go>
                  )),
              },
              {
                head: t.events,
                number: true,
                cell: (row) => (
                  <Figure n={row.events} name={nameOf(row)} href={`/desk?category=${row.categoryCode}&from=${from}`} />
                ),
              },
              { head: t.opened, number: true, cell: (row) => row.opened },
            ]}
          />
        </div>
      )}
    </section>
  );
}

function Figure({ n, name, href }: { n: number; name: string; href: string }) {
  const t = useText(plans).coverage;
  if (n === 0) return <>0</>;
  const label = t.open(name, n);
  return href.startsWith('#') ? (
    <a className="ops-link" href={href} aria-label={label}>
      {n}
    </a>
  ) : (
    <Go className="ops-link" href={href} aria-label={label}>
      {n}
    </Go>
  );
}
