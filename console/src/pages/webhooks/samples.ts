export type Sample = "node" | "python" | "go";

/** Code that verifies a delivery; the body as it came, before anything parses it. */
export const SAMPLES: Record<Sample, string> = {
  node: `import { createHmac, timingSafeEqual } from "node:crypto";

export function isFromMien(header, body, secret) {
  const parts = header.split(",").map((part) => part.split("="));
  const time = parts.find(([name]) => name === "t")?.[1] ?? "";
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= 300)) return false;
  const expected = createHmac("sha256", secret).update(time + ".").update(body).digest();
  return parts.some(([name, code]) => {
    const given = Buffer.from(code ?? "", "hex");
    return name === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}`,
  python: `import hashlib, hmac, time

def is_from_mien(header: str, body: bytes, secret: str) -> bool:
    parts = [part.split("=", 1) for part in header.split(",")]
    stamp = next((value for name, value in parts if name == "t"), "0")
    if abs(time.time() - int(stamp)) > 300:
        return False
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return any(name == "v1" and hmac.compare_digest(value, expected) for name, value in parts)`,
  go: `func IsFromMien(header string, body []byte, secret string) bool {
	var stamp string
	var codes []string
	for _, part := range strings.Split(header, ",") {
		name, value, _ := strings.Cut(part, "=")
		if name == "t" {
			stamp = value
		} else if name == "v1" {
			codes = append(codes, value)
		}
	}
	at, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || time.Since(time.Unix(at, 0)).Abs() > 5*time.Minute {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	expected := hex.EncodeToString(mac.Sum(nil))
	for _, code := range codes {
		if hmac.Equal([]byte(code), []byte(expected)) {
			return true
		}
	}
	return false
}`,
};
