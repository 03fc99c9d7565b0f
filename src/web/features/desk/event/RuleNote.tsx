import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { words } from '#web/i18n/words.ts';
import type { EventDetail } from '../queries.ts';
import { useRoleUnits } from '../role-units.ts';
import { Section } from './Section.tsx';

/** Who should take it and why: the line of the level library that holds for this event. */
export function RuleNote({ event }: { event: EventDetail }) {
  const t = useText(deskEvent);
  const w = useText(words);
  const roleName = useRoleUnits();
  const { rule } = event;
  const tier = rule.tier in w.tier ? w.tier[rule.tier as keyof typeof w.tier] : rule.tier;
  const evidence = rule.evidence in w.evidence ? w.evidence[rule.evidence as keyof typeof w.evidence] : rule.evidence;
  return (
    <Section title={t.sections.rule} aside={<small>{t.rule.version(rule.version)}</small>}>
      <dl className="facts">
        <dt>{t.rule.tier(tier)}</dt>
        <dd>{t.rule.why}</dd>
        <dt>{t.rule.lead}</dt>
        <dd>{roleName(rule.leadRole, event)}</dd>
        {rule.assistRoles.length > 0 && (
          <>
            <dt>{t.rule.assists}</dt>
            <dd>{t.list(rule.assistRoles.map((role) => roleName(role, event)))}</dd>
          </>
        )}
        <dt>{t.rule.evidence}</dt>
        <dd>{evidence}</dd>
      </dl>
    </Section>
  );
}
