import { fileToBase64 } from '#web/app/base64.ts';
import { Field } from './Field.tsx';

/** A file's bytes as base64; '' when none is chosen. */
export function FileField(props: { label: string; hint: string; onChange: (base64: string) => void }) {
  const { label, hint, onChange } = props;
  const read = async (file: File | undefined): Promise<void> => onChange(await fileToBase64(file));
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
