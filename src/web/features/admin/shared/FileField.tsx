import { Field } from './Field.tsx';

/** A file's bytes as base64; '' when none is chosen. */
export function FileField(props: { label: string; hint: string; onChange: (base64: string) => void }) {
  const { label, hint, onChange } = props;
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return onChange('');
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    // In pieces: a call with a million arguments would overflow the stack.
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    onChange(btoa(text));
  };
  return (
    <Field label={label} hint={hint}>
      {(rest) => (
        <input
          {...rest}
          className="adm-input"
          type="file"
          accept=".csv,.json,.geojson,.txt"
          onChange={(event) => void read(event.target.files?.[0])}
        />
      )}
    </Field>
  );
}
