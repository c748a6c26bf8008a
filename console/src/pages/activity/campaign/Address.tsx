import { useEffect, useState } from "react";
import { Field, TextInput } from "@/components/Field";
import type { Campaign } from "./draft";
import { useText } from "./text";

interface AddressProps {
  slug: string;
  base: Campaign | null;
  fault: string | undefined;
  onChange: (slug: string) => void;
}

/** The page's name in its link; looks whether another page has it while it is typed. */
export function Address({ slug, base, fault, onChange }: AddressProps) {
  const t = useText();
  // What was found about which name: an answer to an older one is not shown.
  const [found, setFound] = useState<{ slug: string; isTaken: boolean } | null>(null);
  const isOwn = slug === base?.slug;
  useEffect(() => {
    if (isOwn || fault) {
      return;
    }
    const aborter = new AbortController();
    const timer = window.setTimeout(() => {
      fetch(`/c/${encodeURIComponent(slug)}/campaign.json?preview=1`, { signal: aborter.signal }).then(
        (response) => setFound({ slug, isTaken: response.ok }),
        () => setFound(null),
      );
    }, 350);
    return () => {
      window.clearTimeout(timer);
      aborter.abort();
    };
  }, [slug, isOwn, fault]);
  const known = found?.slug === slug && !isOwn ? found : null;
  const moved = base !== null && !isOwn ? ` · ${t.addressMoved}` : "";
  const hint = `${known && !known.isTaken ? t.addressFree : t.addressHint}${moved}`;
  return (
    <Field label={t.address} fault={fault ?? (known?.isTaken ? t.addressTaken : undefined)} hint={hint}>
      <TextInput value={slug} mono spellCheck={false} maxLength={40} onChange={(typed) => onChange(typed.trim().toLowerCase())} />
    </Field>
  );
}
