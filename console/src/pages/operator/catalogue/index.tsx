import { useState } from "react";
import { useRead } from "@/api/use-api";
import { useWords } from "@/app/words";
import { Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Choice } from "../parts/Choice";
import { CurrentCatalogue } from "./CurrentCatalogue";
import { dropDraft, keepDraft, keptDraft } from "./draft";
import { Editor } from "./Editor";
import { History } from "./History";
import { useText } from "./text";

type View = "current" | "next" | "history";

export default function OperatorCataloguePage() {
  const w = useWords();
  const t = useText();
  const read = useRead("/api/v1/operator/catalogue", {});
  const [view, setView] = useState<View>(() => (keptDraft() === null ? "current" : "next"));
  const [draft, setDraft] = useState(keptDraft);
  const write = (text: string | null) => {
    setDraft(text);
    if (text === null) {
      dropDraft();
    } else {
      keepDraft(text);
    }
  };
  return (
    <Page
      title={w.operatorCatalogue}
      lead={read.data && t.lead(read.data.catalogue.version)}
      actions={
        <Choice
          label={t.view}
          value={view}
          onChange={setView}
          options={[
            { value: "current", label: t.current },
            { value: "next", label: t.next },
            { value: "history", label: t.history },
          ]}
        />
      }
    >
      <PageState of={read} loading={<Skeleton height={560} />}>
        {(all) =>
          view === "current" ? (
            <CurrentCatalogue catalogue={all.catalogue} />
          ) : view === "next" ? (
            <Editor
              current={all.text}
              draft={draft}
              onWrite={write}
              onApplied={() => {
                write(null);
                setView("current");
              }}
            />
          ) : (
            <History
              editions={all.editions}
              onDraft={(text) => {
                write(text);
                setView("next");
              }}
            />
          )
        }
      </PageState>
    </Page>
  );
}
