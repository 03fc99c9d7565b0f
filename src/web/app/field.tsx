import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { bookingTabletPart } from '#web/features/bookings/tablet/part.ts';
import { counterPage } from '#web/features/counter/page.ts';
import { FieldPages } from '#web/features/field/FieldPages.tsx';
import { needFieldPage } from '#web/features/needs/field/page.ts';
import { supplyTabletParts } from '#web/features/supplies/tablet/parts.ts';
import { onDutyPart } from '#web/features/volunteers/tablet.ts';
import { startField } from '#web/field/field-app.ts';
import { registerWorker } from '#web/field/register-worker.ts';
import { TabletPartsContext, type TabletPart } from './station-slots.ts';
import '#web/ui/theme.css';
import '#web/ui/light/light.css';
import '#web/features/field/field.css';

/** What other features show on the tablet of a station, in this order. Each is fetched when first opened: use lazy(). */
const tabletParts: readonly TabletPart[] = [onDutyPart, ...supplyTabletParts, bookingTabletPart];

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <TabletPartsContext value={tabletParts}>
        <FieldPages pages={[counterPage, needFieldPage]} />
      </TabletPartsContext>
    </StrictMode>,
  );
}
void startField();
void registerWorker();
