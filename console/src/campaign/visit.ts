import { Trouble, type Api } from "./api";
import { keepReceipt, knownReceipt } from "./consent";
import { fill, say, toast } from "./dom";
import { home } from "./home";
import { prepare } from "./photo";
import { save, share } from "./share";
import type { Fusion, ShownPage } from "./shapes";
import { deleteQuestion, sheet } from "./sheet";
import { fetchAhead } from "./small";
import { Stage } from "./stage";
import { text } from "./text";

/** How often a busy service is asked again before the visitor is told. */
const TRIES = 4;
/** The picture is not shown before the visitor saw that something happens. */
const AT_LEAST_MS = 700;

const after = (ms: number) => new Promise<void>((resolve) => window.setTimeout(resolve, ms));

/** One visitor on a page: what was chosen and made. The selfie is held here only, until the page is left. */
export class Visit {
  private chosen = 0;
  private photo: Blob | null = null;
  private selfie: string | null = null;
  private made: Fusion[] = [];
  private stage: Stage | null = null;
  private over: HTMLElement | null = null;
  /** Counts what is under way: an answer to what was left is dropped. */
  private turn = 0;
  private isInside = false;

  constructor(
    private page: ShownPage,
    private readonly api: Api,
    private readonly place: HTMLElement,
    /** Nothing is made and no history written. */
    private readonly isPreview: boolean,
  ) {
    window.addEventListener("popstate", () => {
      this.isInside = false;
      if (this.over === null) {
        this.toHome();
        return;
      }
      // The way back closes what lies over the page first.
      this.close();
      if (this.stage !== null) {
        this.goInside();
      }
    });
  }

  /** Shows the page as it is now; a draft while it is written. */
  show(page: ShownPage): void {
    this.page = page;
    this.chosen = Math.min(this.chosen, Math.max(0, page.materials.length - 1));
    this.toHome();
  }

  private toHome(): void {
    this.turn += 1;
    this.stage = null;
    this.close();
    fill(
      this.place,
      home({ page: this.page, chosen: this.chosen, onChoose: (at) => (this.chosen = at), onStart: () => this.ask() }),
    );
  }

  /** Asks for a selfie. */
  private ask(): void {
    const { page } = this;
    this.goInside();
    fetchAhead(page.materials[this.chosen]);
    const agreed = knownReceipt(page.slug, page.text_digest) !== null;
    this.open(sheet({ page, agreed, onPhoto: (file) => void this.take(file), onClose: () => this.close() }));
  }

  private open(over: HTMLElement): void {
    this.close();
    const before = document.activeElement;
    this.over = over;
    over.addEventListener("closed", () => before instanceof HTMLElement && before.isConnected && before.focus({ preventScroll: true }));
    document.body.appendChild(over);
    document.body.classList.add("covered");
    over.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  private close(): void {
    const { over } = this;
    this.over = null;
    document.body.classList.remove("covered");
    if (over?.parentNode) {
      over.parentNode.removeChild(over);
      over.dispatchEvent(new Event("closed"));
    }
  }

  private async take(file: File): Promise<void> {
    if (this.isPreview) {
      toast(text.previewOnly);
      return;
    }
    this.close();
    const stage = this.enter();
    const turn = this.turn;
    stage.tell(text.preparing);
    try {
      const photo = await prepare(file);
      if (turn !== this.turn) {
        return;
      }
      this.forgetPhoto();
      this.photo = photo;
      this.selfie = URL.createObjectURL(photo);
    } catch (thrown) {
      this.fail(turn, thrown);
      return;
    }
    await this.fuse();
  }

  /** Shows the stage; the way back leads to the beginning, not away. */
  private enter(): Stage {
    this.turn += 1;
    this.goInside();
    const stage = new Stage(this.page, {
      onSave: () => this.last !== undefined && save(this.last.picture, this.page.slug),
      onShare: () => void share(this.page),
      onAgain: () => this.ask(),
      onDelete: () => this.askDelete(),
      onTemplate: (at) => {
        this.chosen = at;
        void this.fuse();
      },
      onRetry: () => (this.photo === null ? this.ask() : void this.fuse()),
      onBack: () => (this.isInside ? window.history.back() : this.toHome()),
    });
    this.stage = stage;
    fill(this.place, stage.root);
    window.scrollTo(0, 0);
    const material = this.page.materials[this.chosen];
    if (material) {
      stage.making(material, this.selfie);
    }
    stage.focus();
    return stage;
  }

  private goInside(): void {
    if (!this.isInside && !this.isPreview) {
      this.isInside = true;
      window.history.pushState({ inside: true }, "");
    }
  }

  private get last(): Fusion | undefined {
    return this.made[this.made.length - 1];
  }

  private async fuse(): Promise<void> {
    const { photo, page } = this;
    const material = page.materials[this.chosen];
    if (photo === null || material === undefined) {
      this.ask();
      return;
    }
    const stage = this.enter();
    const turn = this.turn;
    say(text.fusing);
    try {
      const [fusion] = await Promise.all([this.whenNotBusy(stage, material.id, photo), after(AT_LEAST_MS)]);
      // Also what the visitor did not wait for can be deleted later.
      this.made.push(fusion);
      await loaded(fusion.picture);
      if (turn === this.turn) {
        stage.result(material, fusion, this.chosen);
        stage.focus();
        say(text.done);
      }
    } catch (thrown) {
      this.fail(turn, thrown);
    }
  }

  private async whenNotBusy(stage: Stage, material: string, photo: Blob): Promise<Fusion> {
    for (let left = TRIES; ; left -= 1) {
      try {
        return await this.api.fuse(material, await this.receipt(), photo);
      } catch (thrown) {
        const isBusy = thrown instanceof Trouble && thrown.code === "busy";
        if (!isBusy || left <= 1) {
          throw thrown;
        }
        stage.tell(text.waiting);
        await after(thrown.retryAfterS * 1000 + Math.random() * 800);
      }
    }
  }

  /** The receipt of the consent; the visitor ticked the box before. */
  private async receipt(): Promise<string> {
    const { slug, text_digest } = this.page;
    const known = knownReceipt(slug, text_digest);
    if (known !== null) {
      return known;
    }
    const receipt = await this.api.agree(text_digest);
    keepReceipt(slug, text_digest, receipt);
    return receipt;
  }

  private fail(turn: number, thrown: unknown): void {
    if (turn !== this.turn || this.stage === null) {
      return;
    }
    const trouble = thrown instanceof Trouble ? thrown : new Trouble("broken", text.broken);
    if (trouble.isAboutConsent) {
      void this.askConsentAgain();
      return;
    }
    if (trouble.isAboutPhoto) {
      this.forgetPhoto();
    }
    const material = this.page.materials[this.chosen];
    if (material) {
      this.stage.trouble(trouble, material);
    }
  }

  /** The text changed, or the consent is too old: it is shown anew. */
  private async askConsentAgain(): Promise<void> {
    keepReceipt(this.page.slug, this.page.text_digest, null);
    try {
      this.page = await this.api.page(false);
    } catch {
      // The page is shown as it was; the next try tells what is wrong.
    }
    this.toHome();
    this.ask();
    toast(text.consentAgain);
  }

  private askDelete(): void {
    const all = async () => {
      while (this.last !== undefined) {
        await this.api.remove(this.last.token);
        this.made.pop();
      }
      this.forgetPhoto();
      this.close();
      this.stage?.deleted();
      say(`${text.deletedTitle}. ${text.deletedText}`);
    };
    this.open(deleteQuestion(this.made.length, all, () => this.close()));
  }

  private forgetPhoto(): void {
    if (this.selfie !== null) {
      URL.revokeObjectURL(this.selfie);
    }
    this.photo = null;
    this.selfie = null;
  }
}

/** Waits until a picture is here, so that it appears at once. */
function loaded(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve();
    picture.onerror = () => reject(new Trouble("offline", text.offline));
    picture.src = address;
  });
}
