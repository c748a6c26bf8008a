import Button from "@/components/Button";
import { CopyIcon } from "@/components/icons";
import { toast } from "@/components/toast";
import { useText } from "./text";
import styles from "./explorer.module.css";

interface CopyTextProps {
  title: string;
  text: string;
  /** Copied in place of what is shown. */
  whole?: string;
}

/** A text of programs that can be copied. */
export function CopyText({ title, text, whole }: CopyTextProps) {
  const t = useText();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(whole ?? text);
      toast(t.copied);
    } catch {
      toast(t.cannotCopy, "fault");
    }
  };
  return (
    <section className={styles["text"]}>
      <header>
        <h3>{title}</h3>
        <Button size="small" variant="text" theme="primary" icon={<CopyIcon />} aria-label={`${t.copy}: ${title}`} onClick={() => void copy()}>
          {t.copy}
        </Button>
      </header>
      {/* What scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </section>
  );
}
