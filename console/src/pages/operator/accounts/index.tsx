import { useWords } from "@/app/words";
import { Page } from "@/components/Page";
import { Unbuilt } from "@/app/Unbuilt";

export default function OperatorAccountsPage() {
  const w = useWords();
  return (
    <Page title={w.operatorAccounts}>
      <Unbuilt />
    </Page>
  );
}
