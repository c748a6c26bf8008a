/** Receipts are kept in the tab only, under the text that was agreed to. */
const name = (slug: string, digest: string) => `mien.consent.${slug}.${digest.slice(0, 16)}`;

export function knownReceipt(slug: string, digest: string): string | null {
  try {
    return sessionStorage.getItem(name(slug, digest));
  } catch {
    return null;
  }
}

export function keepReceipt(slug: string, digest: string, receipt: string | null): void {
  try {
    if (receipt === null) {
      sessionStorage.removeItem(name(slug, digest));
    } else {
      sessionStorage.setItem(name(slug, digest), receipt);
    }
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}
