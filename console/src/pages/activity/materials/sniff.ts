/** What a file is, told from its first bytes: names and types that browsers give are often wrong. */
export type Kind = "jpeg" | "png" | "webp" | "gif" | "heic" | "avif" | "bmp" | "tiff" | "pdf" | "svg";

/** Bytes that `sniff` looks at. */
export const SNIFFED_BYTES = 64;

const HEIF_BRANDS = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"];

export function sniff(bytes: Uint8Array): Kind | null {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  if (text.startsWith("\xff\xd8\xff")) {
    return "jpeg";
  }
  if (text.startsWith("\x89PNG\r\n\x1a\n")) {
    return "png";
  }
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") {
    return "webp";
  }
  if (text.startsWith("GIF8")) {
    return "gif";
  }
  if (text.slice(4, 8) === "ftyp") {
    const brand = text.slice(8, 12);
    return brand.startsWith("avi") ? "avif" : HEIF_BRANDS.includes(brand) ? "heic" : null;
  }
  if (text.startsWith("BM")) {
    return "bmp";
  }
  if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
    return "tiff";
  }
  if (text.startsWith("%PDF-")) {
    return "pdf";
  }
  return /^\s*(<\?xml|<!--|<svg)/.test(text) ? "svg" : null;
}
