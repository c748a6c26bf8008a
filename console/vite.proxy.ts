/** Where `vite` finds the mien whose API it passes on. */
export function localEndpoint(): string {
  return process.env["MIEN_ENDPOINT"] ?? "http://127.0.0.1:8670";
}
