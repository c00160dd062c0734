/** What every bound field shares: its value, its error, and how it is saved. */
import type { AppError, JsonValue, Kind, Objects } from "../bindings/contract";
import { fieldLabel } from "../i18n/text.svelte";
import { fieldError, flush, object, save, session } from "../state";

/** Which field of which object a control edits. */
export interface FieldProps {
  kind: Kind;
  id: string;
  field: string;
  /** The kind's label of the field when not given. */
  label?: string | undefined;
  hint?: string | undefined;
  hideLabel?: boolean;
  disabled?: boolean;
}

let controls = 0;

/** Binds a control to a field. `props` is read reactively. */
export class Bound<T> {
  readonly control = `field-${++controls}`;

  constructor(private readonly props: () => FieldProps) {}

  get value(): T | undefined {
    const { kind, id, field } = this.props();
    const found = object(kind, id) as Record<string, unknown> | undefined;
    return found?.[field] as T | undefined;
  }

  get label(): string {
    const { kind, field, label } = this.props();
    return label ?? fieldLabel(kind, field);
  }

  get error(): AppError | null {
    const { kind, id, field } = this.props();
    return fieldError(kind, id, field);
  }

  get disabled(): boolean {
    return (this.props().disabled ?? false) || session.readOnly;
  }

  /** What the frame (`Field.svelte`) needs. */
  get frame() {
    const { kind, id, field, hint, hideLabel } = this.props();
    return { kind, id, field, hint, hideLabel: hideLabel ?? false, label: this.label, error: this.error };
  }

  /** Saves a value that is typed bit by bit. */
  type(value: T): void {
    const { kind, id, field } = this.props();
    void save(kind, id, { [field]: value as JsonValue } as Partial<Objects[typeof kind]>);
  }

  /** Saves a value that was chosen. */
  choose(value: T): void {
    const { kind, id, field } = this.props();
    void save(kind, id, { [field]: value as JsonValue } as Partial<Objects[typeof kind]>, { now: true });
  }

  /** Sends what is gathered; for `onblur`. */
  readonly leave = (): void => void flush();
}
