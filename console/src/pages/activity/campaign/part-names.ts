import type { Part } from "./draft";
import { useText } from "./text";

/** What parts of a page are called, beside each other. */
export function usePartNames(): (parts: Part[]) => string {
  const t = useText();
  const names: Record<Part, string> = {
    slug: t.address,
    cover: t.cover,
    title: t.title,
    subtitle: t.subtitle,
    consent_text: t.consent,
    buttons: t.buttons,
    colours: t.colours,
    share: t.share,
    materials: t.templates,
    hourly_limit: t.hourly,
    keep_result_hours: t.hours,
  };
  return (parts) => parts.map((part) => names[part]).join(t.comma);
}
