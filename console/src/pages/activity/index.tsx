import { useWords } from "@/app/words";
import { Page } from "@/components/Page";
import { Unbuilt } from "@/app/Unbuilt";

export default function ActivityPage() {
  const w = useWords();
  return (
    <Page title={w.activity}>
      <Unbuilt />
    </Page>
  );
}
