import { contrast, ENOUGH } from "@/campaign/colours";
import { TextInput } from "@/components/Field";
import { LOOKS, type Content } from "./draft";
import { useText } from "./text";
import css from "./campaign.module.css";

type Colours = Content["colours"];

interface ColourFieldsProps {
  colours: Colours;
  fault: string | undefined;
  onChange: (colours: Colours) => void;
}

/** Colours that go together, and each on its own. */
export function ColourFields({ colours, fault, onChange }: ColourFieldsProps) {
  const t = useText();
  const names = { primary: t.primary, background: t.background, text: t.textColour };
  const isChosen = (look: Colours) => look.primary === colours.primary && look.background === colours.background && look.text === colours.text;
  const isLow = !fault && contrast(colours.text, colours.background) < ENOUGH;
  return (
    <div className="m-stack-tight">
      <span className="m-field-label">{t.colours}</span>
      <div className="m-row" role="group" aria-label={t.colours}>
        {LOOKS.map((look) => (
          <button key={look.name} type="button" className={css.look} aria-pressed={isChosen(look.colours)} onClick={() => onChange(look.colours)}>
            <span className={css.swatch} style={{ background: look.colours.background }}>
              <i style={{ background: look.colours.primary }} />
            </span>
            {t[look.name]}
          </button>
        ))}
      </div>
      <div className={css.colours}>
        {(["primary", "background", "text"] as const).map((name) => (
          <div key={name} className={css.colour}>
            <input
              type="color"
              aria-label={names[name]}
              value={/^#[0-9a-f]{6}$/i.test(colours[name]) ? colours[name] : "#000000"}
              onChange={(event) => onChange({ ...colours, [name]: event.target.value })}
            />
            <TextInput mono label={`${names[name]} #`} value={colours[name]} maxLength={7} spellCheck={false} onChange={(typed) => onChange({ ...colours, [name]: typed.trim() })} />
            <span className="m-small">{names[name]}</span>
          </div>
        ))}
      </div>
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
      {isLow && <p className="m-muted m-small">{t.lowContrast}</p>}
    </div>
  );
}
