import { Button, Modal } from 'antd';
import { useState } from 'react';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';

export interface SecretProps {
  title: string;
  /** What it is, who should get it, what happens next. */
  words: string;
  secret: string;
  onClose: () => void;
}

/** Something that is shown only this once. Closing needs an explicit act, so that nobody loses it by a stray click. */
export function Secret({ title, words, secret, onClose }: SecretProps) {
  const t = useText(admin).secret;
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <Modal
      open
      title={title}
      mask={{ closable: false }}
      keyboard={false}
      closable={false}
      footer={
        <>
          <Button onClick={copy}>{copied ? t.copied : t.copy}</Button>
          <Button type="primary" onClick={onClose}>
            {t.kept}
          </Button>
        </>
      }
    >
      <p>{words}</p>
      <output className="adm-secret">{secret}</output>
      <p className="adm-soft">{t.once}</p>
    </Modal>
  );
}
