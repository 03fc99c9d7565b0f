import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { FieldPages } from '#web/features/field/FieldPages.tsx';
import { startField } from '#web/field/field-app.ts';
import { registerWorker } from '#web/field/register-worker.ts';
import '#web/ui/theme.css';
import '#web/ui/light/light.css';
import '#web/features/field/field.css';

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <FieldPages />
    </StrictMode>,
  );
}
void startField();
void registerWorker();
