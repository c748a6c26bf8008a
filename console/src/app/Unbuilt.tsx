import { Card } from "@/components/Page";
import { Skeleton } from "@/components/Skeleton";

/** Stands in for a page that is not built yet; goes with the last of them. */
export function Unbuilt() {
  return (
    <Card>
      <Skeleton lines={8} />
    </Card>
  );
}
