import type { AttachmentKind } from '#contract/events-words.ts';
import { fitForUpload } from '#web/ui/light/photo.ts';
import { recover } from './ask.ts';
import { uploadPhoto, type Uploaded } from './upload.ts';

/**
 * Makes a photo of staff fit and sends it; an expired session is renewed by the sheet and the photo sent again.
 * @throws as `fitForUpload` and `uploadPhoto` do
 */
export async function sendPhoto(file: Blob, kind: AttachmentKind): Promise<Uploaded> {
  const photo = await fitForUpload(file);
  const upload = () => uploadPhoto(photo, kind, 'staff');
  try {
    return await upload();
  } catch (error) {
    if (await recover(error)) return upload();
    throw error;
  }
}
