import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ScreenFace } from '#web/features/screen/wall/ScreenFace.tsx';
import '#web/ui/theme.css';
import '#web/features/screen/wall/wall.css';

const place = document.getElementById('root');
if (place !== null) {
  document.documentElement.setAttribute('data-face', 'screen');
  createRoot(place).render(
    <StrictMode>
      <ScreenFace />
    </StrictMode>,
  );
}
