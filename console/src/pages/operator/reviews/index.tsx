import { useState } from "react";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { Empty } from "@/components/Empty";
import { Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Choice } from "../parts/Choice";
import { usePages } from "../parts/use-pages";
import { Desk } from "./Desk";
import { useText } from "./text";

type Queue = "appealed" | "refused" | "all";

export default function OperatorReviewsPage() {
  const w = useWords();
  const t = useText();
  const { count } = useFormat();
  const [queue, setQueue] = useState<Queue>("appealed");
  const reviews = usePages("/api/v1/operator/reviews", { state: queue });
  const counts = reviews.data?.pages[0]?.counts;
  const number = (value: number | undefined) => (value === undefined ? "" : count(value));
  return (
    <Page
      title={w.operatorReviews}
      lead={t.lead}
      actions={
        <Choice
          label={t.queue}
          value={queue}
          onChange={setQueue}
          options={[
            { value: "appealed", label: t.appealed(number(counts?.appealed)) },
            { value: "refused", label: t.refused(number(counts?.refused)) },
            { value: "all", label: t.all(number(counts?.all)) },
          ]}
        />
      }
    >
      <PageState of={reviews} loading={<Skeleton height={520} />}>
        {({ pages }) => (
          <Desk
            key={queue}
            entries={pages.flatMap((page) => page.reviews)}
            decidedLeave={queue !== "all"}
            onMore={reviews.hasNextPage ? () => void reviews.fetchNextPage() : undefined}
            empty={
              queue === "appealed" ? (
                <Empty picture="portrait" title={t.nothingAppealed}>{t.nothingAppealedAdvice}</Empty>
              ) : (
                <Empty picture="portrait" title={t.nothing}>{t.nothingAdvice}</Empty>
              )
            }
          />
        )}
      </PageState>
    </Page>
  );
}
