import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ResidentPages } from '#web/features/resident/ResidentPages.tsx';
import '#web/ui/theme.css';
import '#web/ui/light/light.css';
import '#web/features/resident/resident.css';

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <ResidentPages />
    </StrictMode>,
  );
}
