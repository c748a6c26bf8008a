const LONGEST = 120;

/** JSON laid out to be read, its long texts (pictures) cut; `said` tells how long they are. Other texts stay as they are. */
export function shownJson(text: string, said: (characters: number) => string): string {
  try {
    const read: unknown = JSON.parse(text, (_, value: unknown) =>
      typeof value === "string" && value.length > LONGEST * 4 ? value.slice(0, LONGEST) + said(value.length) : value,
    );
    return JSON.stringify(read, null, 2);
  } catch {
    return text;
  }
}

/** What an answer says: its error, and the address of its picture. */
export function verdictOf(body: string): { error: string | null; picture: string | null } {
  try {
    const response = (JSON.parse(body) as { Response?: Record<string, unknown> }).Response ?? {};
    const error = response["Error"] as { Code?: string; Message?: string } | undefined;
    const picture = response["FusedImage"] ?? response["Image"];
    return {
      error: error ? `${error.Code ?? ""}: ${error.Message ?? ""}` : null,
      picture: typeof picture === "string" && picture !== "" ? addressOf(picture) : null,
    };
  } catch {
    return { error: null, picture: null };
  }
}

/** Results come as an address, a data address, or plain base64 text. */
function addressOf(picture: string): string {
  if (/^(https?:|data:image\/)/.test(picture)) {
    return picture;
  }
  return `data:image/${picture.startsWith("iVBOR") ? "png" : "jpeg"};base64,${picture}`;
}
