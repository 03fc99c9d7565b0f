import { Modal } from 'antd';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { words } from '#web/i18n/words.ts';
import { verbKeys } from '../act/specs.ts';

/** Every shortcut of the desk, by group. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText(desk).keys;
  const w = useText(words);
  const a = useText(alarms);
  return (
    <Modal open={open} title={t.title} footer={null} onCancel={onClose} width={620}>
      <div className="keys">
        <section>
          <h3>{t.groups.go}</h3>
          <dl>
            <Key keys={['j', '↓']} words={t.next} />
            <Key keys={['k', '↑']} words={t.previous} />
            <Key keys={['Enter']} words={t.open} />
            <Key keys={['x']} words={t.pick} />
            <Key keys={['/']} words={t.search} />
          </dl>
          <h3>{t.groups.other}</h3>
          <dl>
            <Key keys={['n']} words={t.newReport} />
            <Key keys={['?']} words={t.help} />
            <Key keys={['Esc']} words={t.escape} />
            <Key keys={['Ctrl', 'Enter']} words={t.submit} />
          </dl>
          <h3>{a.title}</h3>
          <p className="quiet">{a.strip.keys}</p>
          <dl>
            <Key keys={['A']} words={a.verb.acknowledge} />
            <Key keys={['F']} words={a.verb.false} />
            <Key keys={['E']} words={a.verb.raise} />
          </dl>
        </section>
        <section>
          <h3>{t.groups.act}</h3>
          <p className="quiet">{t.when}</p>
          <dl>
            {Object.entries(verbKeys).map(([verb, key]) => (
              <Key key={verb} keys={[key]} words={w.verb[verb as keyof typeof w.verb]} />
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}

function Key({ keys, words: meaning }: { keys: readonly string[]; words: string }) {
  return (
    <div className="key">
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </div>
  );
}
