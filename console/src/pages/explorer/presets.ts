export type Version = "2022-09-27" | "2018-12-01";

/** The actions of each version; the first is the usual one. */
export const ACTIONS: Record<Version, string[]> = {
  "2022-09-27": ["FuseFace", "FuseFaceUltra", "DescribeMaterialList"],
  "2018-12-01": ["FuseFace", "FaceFusion", "DescribeMaterialList"],
};

/** Stands for the chosen photo in the fields; so that the text stays short. */
export const PHOTO = "{{photo}}";

/** The fields of a first call. */
export function preset(version: Version, action: string, activity: string, material: string): string {
  return JSON.stringify(fields(version, action, activity, material), null, 2);
}

function fields(version: Version, action: string, activity: string, material: string): object {
  switch (action) {
    case "DescribeMaterialList":
      // A number in the older version, a text in the newer.
      return { ActivityId: version === "2018-12-01" ? Number(activity) || 0 : activity, Limit: 20, Offset: 0 };
    case "FaceFusion":
      return { ProjectId: activity, ModelId: material, RspImgType: "url", Image: PHOTO };
    case "FuseFaceUltra":
      return { RspImgType: "url", ModelImage: PHOTO, MergeInfos: [{ Image: PHOTO }] };
    default:
      return { ProjectId: activity, ModelId: material, RspImgType: "url", MergeInfos: [{ Image: PHOTO }] };
  }
}

/** Fields as written, with another activity and material where they name them; as they are if they cannot be read. */
export function retarget(body: string, activity: string, material: string): string {
  const read = parsed(body);
  if (!("fields" in read)) {
    return body;
  }
  const { fields: written } = read;
  const next = { ...written };
  if ("ProjectId" in written) {
    next["ProjectId"] = activity;
  }
  if ("ModelId" in written) {
    next["ModelId"] = material;
  }
  if ("ActivityId" in written) {
    next["ActivityId"] = typeof written["ActivityId"] === "number" ? Number(activity) || 0 : activity;
  }
  return JSON.stringify(next, null, 2);
}

/** The fields, or why they cannot be read. */
export function parsed(body: string): { fields: Record<string, unknown> } | { fault: string | null } {
  try {
    const read: unknown = JSON.parse(body);
    if (typeof read === "object" && read !== null && !Array.isArray(read)) {
      return { fields: read as Record<string, unknown> };
    }
    return { fault: null };
  } catch (thrown) {
    return { fault: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
