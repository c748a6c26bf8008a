/** Characters of a name at most, as the server counts them. */
export const MOST_NAME_CHARACTERS = 15;
/** Characters of the details at most. */
export const MOST_DETAILS_CHARACTERS = 500;

/** Characters as people count them: an emoji is one, not two. */
export function characters(text: string): number {
  return [...text].length;
}

/** The server takes names without spaces around them. */
export function isName(text: string): boolean {
  const length = characters(text.trim());
  return length >= 1 && length <= MOST_NAME_CHARACTERS;
}
