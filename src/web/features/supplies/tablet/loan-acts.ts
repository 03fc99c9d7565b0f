import type { StationHead } from '#web/app/station-slots.ts';
import { keepAct } from '#web/field/keep-act.ts';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { toast } from '#web/ui/light/Toast.tsx';
import { supplyRoads } from '../api.ts';

export interface LendWish {
  number: string | null;
  phone: string | null;
  consent: boolean;
}

export interface BringWish {
  itemCode: string;
  loanId?: string;
  number?: string | null;
  phone?: string | null;
  damaged?: boolean;
}

/** Hook: lending and taking back, kept first and sent when it can be. What belongs to one station goes in order. */
export function useLoanActs(station: StationHead, name: (code: string) => string) {
  const holder = useHolder();
  const t = useText(supplies).loans;
  const common = { lane: station.id, page: '/field/station/lend' } as const;
  return {
    lend: async (itemCode: string, { number, phone, consent }: LendWish): Promise<void> => {
      const title = t.lent(name(itemCode));
      const body = { itemCode, number, phone, consent };
      const sealed = phone === null ? {} : { sealed: true };
      await keepAct(holder, {
        ...common,
        ...sealed,
        kind: 'loan.lend',
        path: supplyRoads.lend(station.id),
        title,
        body,
      });
      toast(title);
    },
    bring: async (wish: BringWish): Promise<void> => {
      const title = t.brought(name(wish.itemCode));
      const sealed = wish.phone === null || wish.phone === undefined ? {} : { sealed: true };
      const act = { ...common, ...sealed, kind: 'loan.return', path: supplyRoads.bring(station.id), title };
      await keepAct(holder, { ...act, body: { ...wish } });
      toast(title);
    },
  };
}
