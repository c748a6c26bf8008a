import { useEffect, useState } from "react";
import { ask } from "@/api/client";
import type { Schema } from "@/api/types";
import { useAccount } from "@/app/account";
import { Field, TextInput } from "@/components/Field";
import type { Campaign } from "./draft";
import { useText } from "./text";

const ADDRESS = "/api/v1/accounts/{account}/activities/{activity}/campaign/address";

/** What is known of an address: it is asked for, or what the server said. */
type State = "asked" | Schema["AddressState"];

interface AddressProps {
  activity: string;
  slug: string;
  base: Campaign | null;
  fault: string | undefined;
  onChange: (slug: string) => void;
}

/** The page's name in its link; looks whether another page has it while it is typed. */
export function Address({ activity, slug, base, fault, onChange }: AddressProps) {
  const t = useText();
  // What was found about which name: an answer to an older one is not shown.
  const [found, setFound] = useState<{ slug: string; state: State } | null>(null);
  const { id: account, mayEdit } = useAccount();
  const isOwn = slug === base?.slug;
  useEffect(() => {
    if (isOwn || fault || !mayEdit) {
      return;
    }
    const aborter = new AbortController();
    const timer = window.setTimeout(() => {
      setFound({ slug, state: "asked" });
      ask("get", ADDRESS, { path: { account, activity }, query: { slug }, signal: aborter.signal }).then(
        (answer) => setFound({ slug, state: (answer as Schema["AddressCheck"]).state }),
        () => setFound(null),
      );
    }, 350);
    return () => {
      window.clearTimeout(timer);
      aborter.abort();
    };
  }, [slug, isOwn, fault, account, activity, mayEdit]);
  const state = found?.slug === slug && !isOwn && !fault ? found.state : null;
  const moved = base !== null && !isOwn ? ` · ${t.addressMoved}` : "";
  const hints: Partial<Record<State, string>> = { asked: t.addressAsked, free: t.addressFree };
  const faults: Partial<Record<State, string>> = { taken: t.addressTaken, malformed: t.addressFault };
  const hint = `${(state && hints[state]) ?? t.addressHint}${moved}`;
  return (
    <Field label={t.address} fault={fault ?? (state ? faults[state] : undefined)} hint={hint}>
      <TextInput value={slug} mono spellCheck={false} maxLength={40} onChange={(typed) => onChange(typed.trim().toLowerCase())} />
    </Field>
  );
}
