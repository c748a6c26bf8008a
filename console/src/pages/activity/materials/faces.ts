import type { Schema } from "@/api/types";
import type { FaceBox } from "@/components/MaterialPicture";
import type { Language } from "@/i18n";

type Material = Schema["Material"];
type Reviewed = Schema["ReviewedFace"];

/** A face of a material as the page tells it. */
export interface ToldFace {
  reviewed: Reviewed;
  /** Counts usable faces from 1, as the calls do; `null` for others. */
  number: number | null;
  /** Its id; `null` where users cannot be fused into it. */
  id: string | null;
}

/** All faces in the order of the review; the usable ones with number and id. */
export function facesOf(material: Pick<Material, "faces" | "review">): ToldFace[] {
  let usable = 0;
  return material.review.faces.map((reviewed) => {
    if (!reviewed.usable) {
      return { reviewed, number: null, id: null };
    }
    usable += 1;
    return { reviewed, number: usable, id: material.faces[usable - 1]?.id ?? null };
  });
}

/** Finding's words in a language. */
export function written(finding: { text_zh: string; text_en: string }, language: Language): string {
  return language === "zh" ? finding.text_zh : finding.text_en;
}

/** Whether calls may use it in the end, whatever the machine found. */
const isGood = (status: Material["status"]) => status === "passed_by_machine" || status === "passed_by_person" || status === "appeal_won";

type Short = (code: string) => string | undefined;

/** Boxes for the picture: numbers at usable faces, the fault in a few words at others. */
export function boxesOf(faces: readonly ToldFace[], language: Language, short: Short, otherwise: string): FaceBox[] {
  return faces.map(({ reviewed, number }) => {
    const first = reviewed.findings[0];
    const box = { ...reviewed.bounds };
    if (number !== null) {
      return { ...box, label: String(number) };
    }
    return { ...box, label: (first && short(first.code)) ?? otherwise, fault: first ? written(first, language) : otherwise };
  });
}

/** What was said in an appeal or a decision; empty where it only repeats what the machine found. */
export function saidOf(material: Pick<Material, "reason" | "review">): string {
  const found = material.review.reason;
  return found !== null && (material.reason === found.text_zh || material.reason === found.text_en) ? "" : material.reason;
}

/** Why a material cannot be used, or what was said of it; empty without. */
export function reasonOf(material: Pick<Material, "status" | "reason" | "review">, language: Language): string {
  const found = material.review.reason;
  const said = material.status === "rejected_by_machine" ? "" : saidOf(material);
  return said === "" && found !== null && !isGood(material.status) ? written(found, language) : said;
}
