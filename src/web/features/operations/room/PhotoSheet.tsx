import { Modal } from 'antd';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';

/** One photo large; Escape closes. */
export function PhotoSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const c = useText(common);
  return (
    <Modal
      open
      footer={null}
      title={c.photo.one(1)}
      closable={{ 'aria-label': c.close }}
      onCancel={onClose}
      width="min(1100px, 94vw)"
      centered
    >
      <img className="photo-full" src={`/api/attachments/${id}?size=full`} alt={c.photo.one(1)} />
    </Modal>
  );
}
