import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { Icon, isIconName } from '#web/ui/icons/Icon.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { useHolder } from '#web/field/use-field.ts';
import { keepWant } from '../keep.ts';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';

/** What people ask for and this station has not: one tap each. */
export function WantSheet({ onClose }: { onClose: () => void }) {
  const t = useText(counter);
  const named = useNamed();
  const holder = useHolder();
  const { station, words } = useStanding();
  const say = async (want: string, name: string): Promise<void> => {
    onClose();
    await keepWant(holder, { stationId: station.id, want, title: t.wanted(name) });
    toast(t.wantKept(name));
  };
  return (
    <Sheet title={t.want} onClose={onClose}>
      <p className="hint">{t.wantHint}</p>
      <div className="counter-tiles">
        {words.wants.map((want) => (
          <button
            key={want.code}
            type="button"
            className="counter-tile"
            onClick={() => void say(want.code, named(want))}
          >
            <Icon name={isIconName(want.icon) ? want.icon : 'other'} size={30} />
            <span>{named(want)}</span>
          </button>
        ))}
      </div>
    </Sheet>
  );
}
