import type { ActVerb, EventDetail } from '#web/field/field-api.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { usePosition } from '#web/map/position.ts';
import { common } from '#web/i18n/common.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import { Field, TextArea } from '#web/ui/light/Field.tsx';
import { Camera } from '../parts/Camera.tsx';
import { QuickWords } from '../parts/QuickWords.tsx';
import { missingPhotos, type ActDraft } from './act-draft.ts';

export interface FieldsProps {
  verb: ActVerb;
  draft: ActDraft;
  event: EventDetail;
  taskId: string | null;
  onChange: (part: Partial<ActDraft>) => void;
}

/** What an act asks for: only what its verb needs, taps before typing. */
export function ActFields(props: FieldsProps) {
  const t = useText(field).act;
  switch (props.verb) {
    case 'verify':
      return <Verify {...props} />;
    case 'check':
      return <Check {...props} />;
    case 'finish':
      return <Finish {...props} />;
    case 'escalate':
      return <Reason {...props} explain={t.escalate.explain} reasons={t.escalate.reasons} />;
    case 'decline':
      return <Reason {...props} explain={t.decline.explain} reasons={t.decline.reasons} />;
    case 'return':
      return <Return {...props} />;
    case 'ask_extension':
      return <Extension {...props} />;
    case 'record_call':
      return <Call {...props} />;
    case 'arrive':
      return <Arrive {...props} />;
    case 'note':
      return (
        <>
          <Camera
            label={t.photos}
            kind="evidence"
            photos={props.draft.photos}
            onChange={(photos) => props.onChange({ photos })}
          />
          <Words {...props} quick={t.note.quick} />
        </>
      );
    case 'accept':
      return <p className="act-explain">{t.accept.explain}</p>;
    case 'receive':
      return <Words {...props} optional />;
    case 'file':
      return (
        <>
          <p className="act-explain">{t.file.explain}</p>
          <Words {...props} optional />
        </>
      );
    case 'urge':
      return (
        <>
          <p className="act-explain">{t.urge.explain}</p>
          <Words {...props} optional />
        </>
      );
  }
}

interface WordsProps extends Pick<FieldsProps, 'draft' | 'onChange'> {
  quick?: readonly string[];
  label?: string;
  optional?: boolean;
}

function Words({ draft, onChange, quick, label, optional = false }: WordsProps) {
  const t = useText(field).act;
  const name = label ?? t.words;
  return (
    <div className="stack">
      {quick !== undefined && (
        <QuickWords label={name} phrases={quick} value={draft.words} onChange={(words) => onChange({ words })} />
      )}
      <TextArea
        label={name}
        optional={optional}
        rows={2}
        maxLength={500}
        left={t.wordsLeft}
        value={draft.words}
        onChange={(words) => onChange({ words })}
      />
    </div>
  );
}

function Verify(props: FieldsProps) {
  const t = useText(field).act;
  const { draft, onChange } = props;
  return (
    <>
      <ChoiceTiles
        label={t.verify.question}
        value={draft.outcome}
        choices={[
          { value: 'confirmed', words: t.verify.confirmed, icon: 'check', note: t.verify.confirmedNote },
          { value: 'not_found', words: t.verify.notFound, icon: 'question', note: t.verify.notFoundNote },
        ]}
        onChange={(outcome) => onChange({ outcome })}
      />
      <Camera label={t.photos} kind="evidence" photos={draft.photos} onChange={(photos) => onChange({ photos })} />
      <Words {...props} quick={t.verify.quick} optional />
    </>
  );
}

/** Asked only when there is something to show. */
function ShowReporter({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) {
  const t = useText(field).act;
  if (draft.photos.length === 0) return null;
  return (
    <label className="check-line">
      <input
        type="checkbox"
        checked={draft.showReporter}
        onChange={(event) => onChange({ showReporter: event.target.checked })}
      />
      {t.showReporter}
    </label>
  );
}

function Check(props: FieldsProps) {
  const t = useText(field).act;
  const { draft, onChange } = props;
  return (
    <>
      <ChoiceTiles
        label={t.check.question}
        value={draft.outcome}
        choices={[
          { value: 'pass', words: t.check.pass, icon: 'check', note: t.check.passNote },
          { value: 'fail', words: t.check.fail, icon: 'again', note: t.check.failNote },
        ]}
        onChange={(outcome) => onChange({ outcome })}
      />
      <Camera label={t.photos} kind="evidence" photos={draft.photos} onChange={(photos) => onChange({ photos })} />
      <ShowReporter {...props} />
      <Words {...props} quick={t.check.quick} optional />
    </>
  );
}

function Finish(props: FieldsProps) {
  const t = useText(field).act;
  const { draft, onChange, event, taskId } = props;
  const missing = missingPhotos(event, taskId, draft.photos);
  const hasBefore = event.attachments.some((photo) => photo.kind === 'before' || photo.kind === 'report');
  return (
    <>
      <Camera label={t.after} kind="after" photos={draft.photos} onChange={(photos) => onChange({ photos })} />
      {hasBefore ? (
        <p className="hint">{t.beforeThere}</p>
      ) : (
        <Camera label={t.before} kind="before" photos={draft.photos} onChange={(photos) => onChange({ photos })} />
      )}
      <ShowReporter {...props} />
      {missing.length > 0 && (
        <div className="stack">
          <p className="field-label">{t.finish.noPhoto}</p>
          <QuickWords
            label={t.finish.noPhoto}
            phrases={t.finish.noPhotoReasons}
            value={draft.noPhotoReason}
            onChange={(noPhotoReason) => onChange({ noPhotoReason })}
          />
        </div>
      )}
      <Words {...props} label={t.finish.result} quick={t.finish.quick} />
    </>
  );
}

function Reason({ explain, reasons, ...props }: FieldsProps & { explain: string; reasons: readonly string[] }) {
  const t = useText(field).act;
  return (
    <>
      <p className="act-explain">{explain}</p>
      <p className="hint">{t.pickReason}</p>
      <Words {...props} label={t.reason} quick={reasons} />
    </>
  );
}

function Return(props: FieldsProps) {
  const t = useText(field).act;
  const { draft, onChange } = props;
  return (
    <>
      <Reason {...props} explain={t.return.explain} reasons={t.return.reasons} />
      <label className="check-line">
        <input
          type="checkbox"
          checked={draft.beyondTier}
          onChange={(event) => onChange({ beyondTier: event.target.checked })}
        />
        {t.return.beyondTier}
      </label>
    </>
  );
}

const hours = [4, 24] as const;
const days = [1, 2, 3, 5] as const;

/** In the unit the running clock counts in: minutes, or whole working days. */
function Extension(props: FieldsProps) {
  const t = useText(field).act;
  const { draft, onChange, event, taskId } = props;
  const kind =
    event.clocks.find((clock) => clock.taskId === taskId && clock.step === 'handle' && clock.stoppedAt === null)
      ?.kind ?? 'working_day';
  const offers =
    kind === 'working_day'
      ? days.map((n) => ({ amount: n, words: t.extension.days(n) }))
      : hours.map((n) => ({ amount: n * 60, words: t.extension.hours(n) }));
  return (
    <>
      <ChoiceTiles
        label={t.extension.amount}
        value={draft.extension === null ? null : String(draft.extension.amount)}
        choices={offers.map(({ amount, words }) => ({ value: String(amount), words }))}
        onChange={(amount) => onChange({ extension: { kind, amount: Number(amount) } })}
      />
      <Words {...props} label={t.reason} quick={t.extension.reasons} />
    </>
  );
}

const numbers = ['110', '119', '120', '122'] as const;

function Call(props: FieldsProps) {
  const t = useText(field).act;
  const { draft, onChange } = props;
  return (
    <>
      <p className="act-explain">{t.call.explain}</p>
      <fieldset className="bare calls" aria-label={t.call.number}>
        {numbers.map((number) => (
          <a key={number} className="button button-plain" href={`tel:${number}`} onClick={() => onChange({ number })}>
            <Icon name="phone" />
            {t.call.dial(number)}
          </a>
        ))}
      </fieldset>
      <Field
        label={t.call.number}
        type="tel"
        inputMode="tel"
        maxLength={20}
        value={draft.number}
        onChange={(number) => onChange({ number })}
      />
      <Field
        label={t.call.incident}
        optional
        maxLength={50}
        value={draft.incident}
        onChange={(incident) => onChange({ incident })}
      />
      <Words {...props} optional />
    </>
  );
}

function Arrive(props: FieldsProps) {
  const t = useText(field).act;
  const shared = useText(common).map;
  const { draft, onChange } = props;
  const position = usePosition((at) => onChange({ at }));
  return (
    <>
      <Camera label={t.photos} kind="before" photos={draft.photos} onChange={(photos) => onChange({ photos })} />
      <p className="hint">{t.arrive.explain}</p>
      {draft.at === null ? (
        <Button icon="aim" busy={position.state === 'locating'} onClick={position.find}>
          {t.arrive.withPlace}
        </Button>
      ) : (
        <p className="located">
          <Icon name="check" />
          {t.arrive.located}
        </p>
      )}
      {(position.state === 'refused' || position.state === 'unavailable') && (
        <p className="hint" role="alert">
          {shared[position.state]}
        </p>
      )}
    </>
  );
}
