/** What lies over the page: one thing at a time, and the focus goes back to where it was. */
export class Over {
  private shown: HTMLElement | null = null;

  get isOpen(): boolean {
    return this.shown !== null;
  }

  open(over: HTMLElement): void {
    this.close();
    const before = document.activeElement;
    this.shown = over;
    over.addEventListener("closed", () => before instanceof HTMLElement && before.isConnected && before.focus({ preventScroll: true }));
    document.body.appendChild(over);
    document.body.classList.add("covered");
    over.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  close(): void {
    const over = this.shown;
    this.shown = null;
    document.body.classList.remove("covered");
    if (over?.parentNode) {
      over.parentNode.removeChild(over);
      over.dispatchEvent(new Event("closed"));
    }
  }
}
