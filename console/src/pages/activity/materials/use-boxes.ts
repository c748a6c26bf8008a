import { useMemo } from "react";
import type { Schema } from "@/api/types";
import type { FaceBox } from "@/components/MaterialPicture";
import { useLanguage } from "@/i18n";
import { boxesOf, facesOf, type ToldFace } from "./faces";
import { useText } from "./text";

/** The faces of a material, and how they are drawn on its picture. */
export function useBoxes(material: Schema["Material"]): { faces: ToldFace[]; boxes: FaceBox[] } {
  const t = useText();
  const language = useLanguage();
  return useMemo(() => {
    const words = t as unknown as Record<string, string | undefined>;
    const faces = facesOf(material);
    return { faces, boxes: boxesOf(faces, language, (code) => words[code], t.face_unusable) };
  }, [material, language, t]);
}
