import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { preparePhoto } from './photo.ts';

const dot = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#b5482a' } });

describe('a photo on its way in', () => {
  it('is written anew as JPEG without metadata, its position offered once', async () => {
    const exif = {
      IFD0: { Make: 'Phone' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '29/1 33/1 36/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '106/1 33/1 0/1',
      },
    };
    const photo = await preparePhoto(await dot().withExif(exif).jpeg().toBuffer());
    expect(photo.position?.lat).toBeCloseTo(29.56, 5);
    expect(photo.position?.lon).toBeCloseTo(106.55, 5);
    const kept = await sharp(photo.full).metadata();
    expect(kept.format).toBe('jpeg');
    expect(kept.exif).toBeUndefined();
  });

  it('stands upright whatever the camera said', async () => {
    const photo = await preparePhoto(await dot().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect([photo.width, photo.height]).toEqual([20, 40]);
  });

  it('is made smaller, never larger', async () => {
    const wide = await preparePhoto(
      await sharp({ create: { width: 4000, height: 1000, channels: 3, background: '#fff' } })
        .jpeg()
        .toBuffer(),
    );
    expect([wide.width, wide.height]).toEqual([2560, 640]);
    expect((await preparePhoto(await dot().png().toBuffer())).width).toBe(40);
  });

  it('of 50 megapixels is kept safely; of more than 60 refused with the limit named', async () => {
    const kept = await preparePhoto(
      await sharp({ create: { width: 8660, height: 5774, channels: 3, background: '#123' } })
        .jpeg()
        .toBuffer(),
    );
    expect(kept.width).toBe(2560);
    const huge = await sharp({ create: { width: 9000, height: 7000, channels: 3, background: '#123' } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    await expect(preparePhoto(huge)).rejects.toMatchObject({
      code: 'upload_refused',
      message: expect.stringContaining('60 megapixels'),
    });
  });

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>')],
    ['a text named .jpg', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
  ])('that is %s is refused', async (_name, bytes) => {
    await expect(preparePhoto(bytes)).rejects.toMatchObject({ code: 'upload_refused' });
  });

  it('that breaks off in the middle is refused', async () => {
    const noise = Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, i) => (i * 7919) % 251));
    const whole = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
      .png()
      .toBuffer();
    await expect(preparePhoto(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({ code: 'upload_refused' });
  });
});
