/** Longest sides that are tried one after the other, pixels; WhatsApp itself shows less than the first. */
const SIDES = [2_560, 1_920, 1_280];
const QUALITY = 0.85;

/**
 * A JPEG of whatever picture the browser can read, of at most so many bytes; of one that moves its first
 * moment, and white where it was clear. `null` where the browser can't read it.
 */
export async function asJpeg(file: File, most: number): Promise<File | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  try {
    for (const side of SIDES) {
      const made = await draw(picture, side);
      if (made !== null && made.size <= most)
        return new File([made], renamed(file.name), { type: 'image/jpeg' });
    }
    return null;
  } finally {
    picture.close();
  }
}

function draw(picture: ImageBitmap, side: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) return Promise.resolve(null);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
}

const renamed = (name: string): string => `${name.replace(/\.[^.]*$/, '') || name}.jpg`;
