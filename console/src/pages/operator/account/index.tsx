import { useWords } from "@/app/words";
import { Page } from "@/components/Page";
import { Unbuilt } from "@/app/Unbuilt";

export default function OperatorAccountPage() {
  const w = useWords();
  return (
    <Page title={w.account}>
      <Unbuilt />
    </Page>
  );
}
