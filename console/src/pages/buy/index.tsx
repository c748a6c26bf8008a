import { useWords } from "@/app/words";
import { Page } from "@/components/Page";
import { Unbuilt } from "@/app/Unbuilt";

export default function BuyPage() {
  const w = useWords();
  return (
    <Page title={w.buy}>
      <Unbuilt />
    </Page>
  );
}
