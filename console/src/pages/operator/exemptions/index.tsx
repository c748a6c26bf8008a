import { useWords } from "@/app/words";
import { Page } from "@/components/Page";
import { Unbuilt } from "@/app/Unbuilt";

export default function OperatorExemptionsPage() {
  const w = useWords();
  return (
    <Page title={w.operatorExemptions}>
      <Unbuilt />
    </Page>
  );
}
