import { useState } from "react";
import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useLanguage } from "@/i18n";
import { ACTIONS, parsed, PHOTO, preset, retarget, type Version } from "./presets";

/** A photo as base64 text, kept out of the fields so that they stay readable. */
export interface Photo {
  name: string;
  bytes: number;
  base64: string;
}

/** The call that is being written. */
export function useDraft(keys: Schema["Key"][], activities: Schema["Activity"][]) {
  const own = useLanguage();
  const [secretId, setSecretId] = useState(keys[0]?.secret_id ?? "");
  const [version, setVersion] = useState<Version>("2022-09-27");
  const [action, setAction] = useState("FuseFace");
  const [activity, setActivity] = useState(activities[0]?.id ?? "");
  const [chosenMaterial, setMaterial] = useState<string | null>(null);
  const [written, setWritten] = useState<string | null>(null);
  const [chosenLanguage, setLanguage] = useState<Schema["ExplorerLanguage"] | null>(null);
  const [photo, setPhoto] = useState<Photo | null>(null);
  const read = useAccountRead(
    "/api/v1/accounts/{account}/activities/{activity}/materials",
    { path: { activity }, query: { state: "usable" } },
    { enabled: activity !== "" },
  );
  const materials = read.data?.materials ?? [];
  const material = chosenMaterial ?? materials[0]?.id ?? "";
  const body = written ?? preset(version, action, activity, material);
  const checked = parsed(body);
  return {
    secretId,
    setSecretId,
    version,
    setVersion: (next: Version) => {
      setVersion(next);
      if (!ACTIONS[next].includes(action)) {
        setAction(ACTIONS[next][0] ?? "FuseFace");
        setWritten(null);
      } else if (action === "DescribeMaterialList") {
        // Its fields have other types in the other version.
        setWritten(null);
      }
    },
    action,
    setAction: (next: string) => {
      setAction(next);
      setWritten(null);
    },
    activity,
    setActivity: (next: string) => {
      setActivity(next);
      setMaterial(null);
      setWritten((before) => (before === null ? null : retarget(before, next, "")));
    },
    materials,
    material,
    setMaterial: (next: string) => {
      setMaterial(next);
      setWritten((before) => (before === null ? null : retarget(before, activity, next)));
    },
    language: chosenLanguage ?? (own === "zh" ? ("zh-CN" as const) : ("en-US" as const)),
    setLanguage,
    photo,
    setPhoto,
    body,
    setBody: setWritten,
    isWritten: written !== null,
    fault: "fault" in checked ? checked.fault : undefined,
    valid: "fields" in checked,
    lacksPhoto: photo === null && body.includes(PHOTO),
  };
}

export type Draft = ReturnType<typeof useDraft>;
