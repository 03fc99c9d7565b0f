import { useEffect, useState } from 'react';

export interface QrCodeProps {
  /** What the code says when it is read. */
  text: string;
  alt: string;
  /** Edge length, CSS pixels. */
  size: number;
}

/** Black on white in every theme: readers of codes want it so. */
export function QrCode({ text, alt, size }: QrCodeProps) {
  const [source, setSource] = useState<string>();
  useEffect(() => {
    void import('qrcode').then(async ({ toString }) => {
      const code = await toString(text, { type: 'svg', margin: 1 });
      setSource(`data:image/svg+xml;utf8,${encodeURIComponent(code)}`);
    });
  }, [text]);
  return source === undefined ? null : <img src={source} alt={alt} width={size} height={size} />;
}
