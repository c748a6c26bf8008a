import type { Schema } from "@/api/types";
import type { Selection } from "./selection";

/** What all three forms are given. */
export interface FormProps {
  catalogue: Schema["Catalogue"];
  activities: Schema["Activity"][];
  selection: Selection;
  choose: (change: Partial<Selection>) => void;
}
