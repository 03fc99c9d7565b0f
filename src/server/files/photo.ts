import { createHash } from 'node:crypto';
import exifr from 'exifr';
import sharp from 'sharp';
import { AppError } from '#kit/errors.ts';

/** Limits of one photo as it arrives. */
export const photoLimits = { bytes: 20 * 1024 * 1024, pixels: 60_000_000, keptSidePx: 2560, thumbSidePx: 360 } as const;

export interface PreparedPhoto {
  /** SHA-256 of what arrived. */
  sha256: Buffer;
  storedSha256: Buffer;
  full: Buffer;
  thumb: Buffer;
  width: number;
  height: number;
  position: { lon: number; lat: number } | null;
}

const kinds = new Map([
  ['jpeg', 'JPEG'],
  ['png', 'PNG'],
  ['webp', 'WebP'],
]);

/**
 * Looks at the bytes (never at the name or the declared type), turns them upright, makes them small enough and writes
 * them anew as JPEG, so that nothing but the picture is kept: no position, no camera, no script.
 * @throws AppError upload_refused for anything that is not a whole JPEG, PNG or WebP of at most 60 megapixels.
 */
export async function preparePhoto(bytes: Buffer): Promise<PreparedPhoto> {
  if (bytes.length === 0)
    throw new AppError('upload_refused', 'Expected the bytes of a photo, found nothing. Choose the photo again.');
  if (bytes.length > photoLimits.bytes)
    throw new AppError(
      'upload_too_large',
      `Expected at most ${photoLimits.bytes} bytes, found ${bytes.length}. Take a smaller photo.`,
    );
  const settings = { limitInputPixels: photoLimits.pixels, failOn: 'error', sequentialRead: true } as const;
  const head = await sharp(bytes, settings)
    .metadata()
    .catch((error: unknown) => {
      const large = error instanceof Error && /pixel limit/.test(error.message);
      throw new AppError(
        'upload_refused',
        large
          ? `Expected at most ${photoLimits.pixels / 1e6} megapixels. Lower the camera's resolution and try again.`
          : 'Expected a JPEG, PNG or WebP photo; this file is something else or is broken. Choose another.',
      );
    });
  if (!kinds.has(head.format)) {
    throw new AppError(
      'upload_refused',
      `Expected a JPEG, PNG or WebP photo, found ${head.format}. Take the photo with the camera, or choose another.`,
      { found: head.format },
    );
  }
  if (head.width * head.height > photoLimits.pixels) {
    throw new AppError(
      'upload_refused',
      `Expected at most ${photoLimits.pixels / 1e6} megapixels, found ${Math.round((head.width * head.height) / 1e6)}. Lower the camera's resolution and try again.`,
    );
  }
  try {
    const upright = sharp(bytes, settings).rotate().flatten({ background: '#ffffff' });
    const full = await upright
      .clone()
      .resize(photoLimits.keptSidePx, photoLimits.keptSidePx, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
    const thumb = await sharp(full.data)
      .resize(photoLimits.thumbSidePx, photoLimits.thumbSidePx, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 74 })
      .toBuffer();
    return {
      sha256: createHash('sha256').update(bytes).digest(),
      storedSha256: createHash('sha256').update(full.data).digest(),
      full: full.data,
      thumb,
      width: full.info.width,
      height: full.info.height,
      position: await takenAt(bytes),
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'upload_refused',
      'The photo is broken: it cannot be read to its end. Send it again, or take it anew.',
    );
  }
}

async function takenAt(bytes: Buffer): Promise<PreparedPhoto['position']> {
  const gps = (await exifr.gps(bytes).catch(() => undefined)) as { latitude: number; longitude: number } | undefined;
  if (gps === undefined || !Number.isFinite(gps.latitude) || !Number.isFinite(gps.longitude)) return null;
  if (Math.abs(gps.latitude) > 90 || Math.abs(gps.longitude) > 180 || (gps.latitude === 0 && gps.longitude === 0))
    return null;
  return { lon: gps.longitude, lat: gps.latitude };
}
