import { Trouble, type Api } from "./api";
import { camera } from "./camera";
import { keepReceipt, knownReceipt } from "./consent";
import { fill, say, toast } from "./dom";
import { home } from "./home";
import { Album, fingerprint, keyOf, type Made } from "./made";
import { deleteQuestion } from "./modal";
import { Over } from "./over";
import { bytesOf, prepare } from "./photo";
import type { Progress } from "./progress";
import { save, share } from "./share";
import type { Fusion, ShownMaterial, ShownPage } from "./shapes";
import { sheet } from "./sheet";
import { fetchAhead } from "./small";
import { Stage } from "./stage";
import { switchLanguage, text } from "./text";

/** How often a busy service is asked again before the visitor is told. */
const TRIES = 4;
/** How long after a broken connection the photo is sent once more by itself. */
const RESEND_MS = 1500;
/** The picture is not shown before the visitor saw that something happens. */
const AT_LEAST_MS = 700;

const after = (ms: number) => new Promise<void>((resolve) => window.setTimeout(resolve, ms));

/** A selfie, held here only, until the page is left. */
interface Photo {
  bytes: Blob;
  /** Where the browser shows it. */
  address: string;
  fingerprint: string;
}

/** One visitor on a page: what was chosen and made. */
export class Visit {
  private chosen = 0;
  private photo: Photo | null = null;
  private stage: Stage | null = null;
  /** Counts what is under way: an answer to what was left is dropped. */
  private turn = 0;
  private isInside = false;
  private readonly over = new Over();
  private readonly album: Album;

  constructor(
    private page: ShownPage,
    private readonly api: Api,
    private readonly place: HTMLElement,
    /** Nothing is made and no history written. */
    private readonly isPreview: boolean,
  ) {
    this.album = new Album(page.slug);
    window.addEventListener("popstate", () => {
      this.isInside = false;
      if (!this.over.isOpen) {
        this.toHome();
        return;
      }
      // The way back closes what lies over the page first.
      this.over.close();
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
    this.over.close();
    fill(
      this.place,
      home({
        page: this.page,
        chosen: this.chosen,
        selfie: this.photo?.address ?? null,
        pictures: this.album.pictures,
        onChoose: (at) => (this.chosen = at),
        onStart: () => (this.photo === null ? this.ask() : void this.fuse()),
        onPhoto: () => this.ask(),
        onOpen: (made) => this.openMade(made),
        onLanguage: () => {
          switchLanguage();
          this.toHome();
          this.place.querySelector<HTMLElement>(".language")?.focus({ preventScroll: true });
        },
        over: (panel) => this.over.open(panel(() => this.over.close())),
      }),
    );
  }

  /** Asks for a selfie. */
  private ask(): void {
    const { page } = this;
    this.goInside();
    fetchAhead(page.materials[this.chosen]);
    const onClose = () => this.over.close();
    const onPhoto = (file: File) => void this.take(file);
    const receipt = knownReceipt(page.slug, page.text_digest);
    this.over.open(sheet({ page, receipt, onPhoto, onCamera: () => this.over.open(camera({ onPhoto, onClose })), onClose }));
  }

  private async take(file: File): Promise<void> {
    if (this.isPreview) {
      toast(text.previewOnly);
      return;
    }
    this.over.close();
    this.forgetPhoto();
    this.enter();
    const turn = this.turn;
    try {
      const bytes = await prepare(file);
      const sum = fingerprint(new Uint8Array(await bytesOf(bytes)));
      if (turn !== this.turn) {
        return;
      }
      this.photo = { bytes, address: URL.createObjectURL(bytes), fingerprint: sum };
    } catch (thrown) {
      this.fail(turn, thrown);
      return;
    }
    await this.fuse();
  }

  /** Shows the stage; the way back leads to the beginning, not away. */
  private enter(): { stage: Stage; progress: Progress | null } {
    this.turn += 1;
    this.goInside();
    const stage = new Stage(this.page, {
      onSave: (made) => save(made.picture, this.page.slug),
      onShare: (made) => void share(this.page, made.picture),
      onAgain: () => this.ask(),
      onDelete: (made) => this.askDelete(made),
      onTemplate: (at) => {
        this.chosen = at;
        void this.fuse();
      },
      onOpen: (made) => this.openMade(made),
      onRetry: () => (this.photo === null ? this.ask() : void this.fuse()),
      onBack: () => (this.isInside ? window.history.back() : this.toHome()),
    });
    this.stage = stage;
    fill(this.place, stage.root);
    window.scrollTo(0, 0);
    const { material } = this;
    const progress = material === undefined ? null : stage.making(material, this.photo?.address ?? null);
    stage.focus();
    return { stage, progress };
  }

  private goInside(): void {
    if (!this.isInside && !this.isPreview) {
      this.isInside = true;
      window.history.pushState({ inside: true }, "");
    }
  }

  private get material(): ShownMaterial | undefined {
    return this.page.materials[this.chosen];
  }

  private async fuse(): Promise<void> {
    const { photo, material } = this;
    if (photo === null || material === undefined) {
      this.ask();
      return;
    }
    const { stage, progress } = this.enter();
    const turn = this.turn;
    const key = keyOf(photo.fingerprint, material);
    const known = this.album.find(key);
    try {
      if (known !== undefined && (await isThere(known.picture))) {
        if (turn === this.turn) {
          this.present(stage, known);
          toast(text.known);
        }
        return;
      }
      say(text.fusing);
      const [fusion] = await Promise.all([this.made(progress, material.id, photo), after(AT_LEAST_MS)]);
      // Also what the visitor did not wait for can be opened and deleted later.
      const made = { ...fusion, key, material: material.id };
      this.album.add(made);
      progress?.fetching();
      await loaded(made.picture);
      if (turn === this.turn) {
        this.present(stage, made);
        say(text.done);
      }
    } catch (thrown) {
      this.fail(turn, thrown);
    }
  }

  /** Sends the photo: again where the service is busy, and once where the connection broke. That is paid once. */
  private async made(progress: Progress | null, material: string, photo: Photo): Promise<Fusion> {
    const underway = { onSent: (part: number) => progress?.sending(part), onFusing: () => progress?.fusing() };
    let [busy, broken] = [0, 0];
    for (;;) {
      try {
        const receipt = await this.receipt();
        progress?.sending(0);
        return await this.api.fuse(material, receipt, photo.bytes, underway);
      } catch (thrown) {
        const trouble = thrown instanceof Trouble ? thrown : new Trouble("broken", text.broken);
        if (trouble.code === "busy" && (busy += 1) < TRIES) {
          progress?.tell(text.waiting);
          await after(trouble.retryAfterS * 1000 + Math.random() * 800);
        } else if (trouble.code === "offline" && (broken += 1) < 2) {
          progress?.tell(text.resending);
          await after(RESEND_MS);
        } else {
          throw trouble;
        }
      }
    }
  }

  /** Shows a picture that is there. */
  private present(stage: Stage, made: Made): void {
    const { photo, page } = this;
    const material = page.materials.filter((one) => one.id === made.material)[0];
    if (material === undefined) {
      this.toHome();
      return;
    }
    stage.result(material, {
      made,
      pictures: this.album.pictures,
      selfie: photo?.address ?? null,
      chosen: this.chosen,
      known: (one) => photo !== null && this.album.find(keyOf(photo.fingerprint, one)) !== undefined,
    });
    stage.focus();
  }

  private openMade(made: Made): void {
    const at = this.page.materials.map((material) => material.id).indexOf(made.material);
    if (at < 0) {
      // Its template is no longer on the page: what can be shown is the picture itself.
      window.location.assign(made.picture);
      return;
    }
    this.chosen = at;
    const { stage } = this.enter();
    const turn = this.turn;
    loaded(made.picture).then(
      () => turn === this.turn && this.present(stage, made),
      () => turn === this.turn && this.toHome(),
    );
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
    const { stage, material } = this;
    if (turn !== this.turn || stage === null || material === undefined) {
      return;
    }
    const trouble = thrown instanceof Trouble ? thrown : new Trouble("broken", text.broken);
    if (trouble.isAboutConsent) {
      void this.askConsentAgain();
      return;
    }
    stage.trouble(trouble, material, this.photo?.address ?? null, this.album.pictures);
    if (trouble.isAboutPhoto) {
      // Another one is needed; this one stays in sight until then.
      this.photo = null;
    } else if (trouble.isAboutNetwork && this.photo !== null) {
      const goOn = () => turn === this.turn && void this.fuse();
      window.addEventListener("online", goOn, { once: true });
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

  private askDelete(made: Made): void {
    const gone = async (those: readonly Made[]) => {
      for (const one of those) {
        await this.api.remove(one.token);
        this.album.drop(one.token);
      }
      this.over.close();
      const [next] = this.album.pictures;
      if (next !== undefined) {
        this.openMade(next);
        toast(text.deletedOne);
        return;
      }
      this.forgetPhoto();
      this.stage?.deleted();
      say(`${text.deletedTitle}. ${text.deletedText}`);
    };
    const { pictures } = this.album;
    this.over.open(deleteQuestion({ count: pictures.length, onOne: () => gone([made]), onAll: () => gone([...pictures]), onClose: () => this.over.close() }));
  }

  private forgetPhoto(): void {
    if (this.photo !== null) {
      URL.revokeObjectURL(this.photo.address);
    }
    this.photo = null;
  }
}

/** Whether a picture can be shown still: somebody else may have deleted it. */
const isThere = (address: string) =>
  loaded(address).then(
    () => true,
    () => false,
  );

/** Waits until a picture is here, so that it appears at once. */
function loaded(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve();
    picture.onerror = () => reject(new Trouble("offline", text.offline));
    picture.src = address;
  });
}
