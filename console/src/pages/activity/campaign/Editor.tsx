import { useAccount } from "@/app/account";
import { Field, TextArea, TextInput } from "@/components/Field";
import { Card } from "@/components/Page";
import { Address } from "./Address";
import { ColourFields } from "./ColourFields";
import { CoverField } from "./CoverField";
import { faultsOf, LIMITS, type Campaign, type Content, type Draft, type Fault, type Material } from "./draft";
import { Templates } from "./Templates";
import { useText } from "./text";
import css from "./campaign.module.css";

interface EditorProps {
  activity: string;
  draft: Draft;
  base: Campaign | null;
  materials: Material[];
  onChange: (draft: Draft) => void;
}

/** Everything that is written on a page. */
export function Editor({ activity, draft, base, materials, onChange }: EditorProps) {
  const t = useText();
  const { mayEdit } = useAccount();
  const { content } = draft;
  const faults = faultsOf(draft);
  const faultOf = (fault: Fault, words: string) => (faults.includes(fault) ? words : undefined);
  const set = (changed: Partial<Content>) => onChange({ ...draft, content: { ...content, ...changed } });
  const usualConsent = (hours: number) => t.consentDefault.replace("{hours}", String(hours));
  const setHours = (hours: number) =>
    // The usual text names the hours; a text of one's own stays.
    set({ keep_result_hours: hours, ...(content.consent_text === usualConsent(content.keep_result_hours) ? { consent_text: usualConsent(hours) } : {}) });
  return (
    <fieldset disabled={!mayEdit} className="m-stack">
      <Card title={t.words}>
        <div className="m-form">
          <Field label={t.title} fault={faultOf("title", t.titleFault)} hint={t.left([...content.title].length, LIMITS.title)}>
            <TextInput value={content.title} onChange={(title) => set({ title })} required />
          </Field>
          <Field label={t.subtitle} optional fault={faultOf("subtitle", t.subtitleFault)}>
            <TextInput value={content.subtitle ?? ""} onChange={(subtitle) => set({ subtitle })} />
          </Field>
          <Address activity={activity} slug={draft.slug} base={base} fault={faultOf("slug", t.addressFault)} onChange={(slug) => onChange({ ...draft, slug })} />
        </div>
      </Card>
      <Card title={t.look}>
        <div className="m-form">
          <CoverField cover={draft.cover} campaign={base} onChange={(cover) => onChange({ ...draft, cover })} />
          <ColourFields colours={content.colours} fault={faultOf("colours", t.coloursFault)} onChange={(colours) => set({ colours })} />
        </div>
      </Card>
      <Templates materials={materials} chosen={content.materials ?? null} fault={faultOf("materials", t.materialsFault)} onChange={(chosen) => set({ materials: chosen })} />
      <Card title={t.consent}>
        <div className="m-form">
          <Field label={t.consent} hint={t.consentHint} fault={faultOf("consent", t.consentFault)}>
            <TextArea value={content.consent_text} rows={10} onChange={(consent_text) => set({ consent_text })} />
          </Field>
          {content.consent_text !== usualConsent(content.keep_result_hours) && (
            <button type="button" className={css.plain} onClick={() => set({ consent_text: usualConsent(content.keep_result_hours) })}>
              {t.consentUsual}
            </button>
          )}
        </div>
      </Card>
      <Card title={t.rules}>
        <div className={css.pair}>
          <Count label={t.hourly} unit={t.times} value={content.hourly_limit} fault={faultOf("hourly", t.hourlyFault)} onChange={(hourly_limit) => set({ hourly_limit })} />
          <Count label={t.hours} unit={t.hoursUnit} value={content.keep_result_hours} hint={t.hoursHint} fault={faultOf("hours", t.hoursFault)} onChange={setHours} />
        </div>
      </Card>
      <Words content={content} set={set} />
    </fieldset>
  );
}

interface CountProps {
  label: string;
  unit: string;
  value: number;
  hint?: string;
  fault: string | undefined;
  onChange: (value: number) => void;
}

function Count({ label, unit, value, hint, fault, onChange }: CountProps) {
  const read = (text: string) => onChange(/^\d{1,4}$/.test(text.trim()) ? Number(text) : NaN);
  return (
    <Field label={label} hint={hint} fault={fault}>
      <TextInput inputMode="numeric" value={Number.isNaN(value) ? "" : String(value)} onChange={read} suffix={unit} />
    </Field>
  );
}

/** Words on buttons and in shares, which most pages leave as they are. */
function Words({ content, set }: { content: Content; set: (changed: Partial<Content>) => void }) {
  const t = useText();
  const { buttons = {}, share = {} } = content;
  const button = (name: "fuse" | "choose" | "save" | "again", label: string, usual: string) => (
    <Field label={label} optional>
      <TextInput value={buttons[name] ?? ""} placeholder={usual} maxLength={LIMITS.button} onChange={(words) => set({ buttons: { ...buttons, [name]: words || null } })} />
    </Field>
  );
  return (
    <Card title={`${t.share} · ${t.buttons}`}>
      <div className="m-stack">
        <div className={css.pair}>
          <Field label={t.shareTitle} optional hint={t.shareHint}>
            <TextInput value={share.title ?? ""} placeholder={content.title} maxLength={LIMITS.shareTitle} onChange={(title) => set({ share: { ...share, title } })} />
          </Field>
          <Field label={t.shareText} optional>
            <TextInput value={share.description ?? ""} placeholder={content.subtitle} maxLength={LIMITS.shareText} onChange={(description) => set({ share: { ...share, description } })} />
          </Field>
        </div>
        <div className={css.pair}>
          {button("fuse", t.fuse, t.fuseUsual)}
          {button("choose", t.choose, t.chooseUsual)}
          {button("save", t.saveButton, t.saveUsual)}
          {button("again", t.again, t.againUsual)}
        </div>
      </div>
    </Card>
  );
}
