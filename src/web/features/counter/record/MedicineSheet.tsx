import { useText } from '#web/i18n/area.ts';
import { counterAid } from '#web/i18n/counter-aid.ts';
import { counter } from '#web/i18n/counter.ts';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { ItemRow } from '../aid/Items.tsx';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';

interface MedicineSheetProps {
  onGive: (itemCode: string, title: string) => void;
  onClose: () => void;
}

/** Which medicine; what must be asked first stands beside it. */
export function MedicineSheet({ onGive, onClose }: MedicineSheetProps) {
  const t = useText(counter);
  const named = useNamed();
  const { words } = useStanding();
  const medicines = words.items.filter(({ kind }) => kind === 'medicine');
  return (
    <Sheet title={t.medicine} onClose={onClose}>
      <div className="aid-items">
        {medicines.map((item) => (
          <ItemRow
            key={item.code}
            item={item}
            given={0}
            canTakeBack={false}
            onGive={() => onGive(item.code, named(item))}
            onTakeBack={onClose}
          />
        ))}
        <p className="hint">{useText(counterAid).notAdvice}</p>
      </div>
    </Sheet>
  );
}
