/** Bytes up to which a photo travels as it is (its position can then be offered); larger ones are made smaller first. */
export const originalLimitBytes = 12 * 1024 * 1024;
const longestSidePx = 2560;

/** What the camera gave, or a JPEG of at most 2560 px when that was too large. Throws when it cannot be read as a picture. */
export async function fitForUpload(photo: Blob): Promise<Blob> {
  if (photo.size <= originalLimitBytes && ['image/jpeg', 'image/png', 'image/webp'].includes(photo.type)) return photo;
  const picture = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  const { width, height } = fitWithin(picture.width, picture.height, longestSidePx);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture could not be written.')) : resolve(blob)),
      'image/jpeg',
      0.86,
    );
  });
}

/** Width and height scaled so that the longer side is at most `longest` pixels; never enlarged, never below 1. */
export function fitWithin(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
