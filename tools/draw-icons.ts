// Draws the icons of the installable field app from the logo: node tools/draw-icons.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const root = join(import.meta.dirname, '..');
const logo = readFileSync(join(root, 'src/web/ui/icons/logo.svg'), 'utf8');
/** Maskable icons are cut to any shape: the drawing stays within the middle four fifths, the ground fills the square. */
const maskable = logo
  .replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80"')
  .replace('<rect width="64" height="64" rx="14"', '<rect x="-8" y="-8" width="80" height="80"');
const square = logo.replace(' rx="14"', '');

const icons = [
  { name: 'field-192.png', svg: logo, size: 192 },
  { name: 'field-512.png', svg: logo, size: 512 },
  { name: 'field-maskable-512.png', svg: maskable, size: 512 },
  { name: 'field-apple-180.png', svg: square, size: 180 },
] as const;

const folder = join(root, 'public/icons');
mkdirSync(folder, { recursive: true });
for (const { name, svg, size } of icons) {
  const png = await sharp(Buffer.from(svg), { density: (72 * size) / 64 })
    .resize(size, size)
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
  writeFileSync(join(folder, name), png);
  console.log(`${name}: ${png.length} bytes`);
}
