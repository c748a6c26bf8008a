import { useRef, useState } from "react";
import { useSession } from "@/app/account";
import { AddIcon, CameraIcon, CloseIcon } from "@/components/icons";
import { Camera } from "./Camera";
import { addPhoto, choosePhoto, removePhoto, useKept } from "./kept";
import { BadPhoto, MOST_PHOTOS, toPhoto, type Photo } from "./photos";
import { useText } from "./text";
import css from "./tuning.module.css";

/** The test photos: adding, choosing, removing. */
export function Photos({ disabled }: { disabled: boolean }) {
  const t = useText();
  const { user } = useSession();
  const { photos, chosen } = useKept(user.id);
  const [problem, setProblem] = useState<string | null>(null);
  const [camera, setCamera] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const room = MOST_PHOTOS - photos.length;
  const add = async (files: Blob[]) => {
    setProblem(files.length > room ? t.tooMany(MOST_PHOTOS) : null);
    for (const file of files.slice(0, room)) {
      try {
        addPhoto(user.id, await toPhoto(file, file instanceof File ? file.name : t.takePhoto));
      } catch (thrown) {
        setProblem(thrown instanceof BadPhoto && thrown.kind !== null ? t.badKind(thrown.kind.toUpperCase()) : t.badPhoto);
      }
    }
  };
  return (
    <section
      className={css.photos}
      aria-label={t.photos}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (!disabled) {
          void add([...event.dataTransfer.files]);
        }
      }}
    >
      <h3>
        {t.photos} <span className="m-small m-muted">{t.photosHint(MOST_PHOTOS)}</span>
      </h3>
      <div className={css.photoRow}>
        {photos.map((photo, index) => (
          <Thumb key={photo.id} photo={photo} number={index + 1} chosen={photo.id === chosen} />
        ))}
        {room > 0 && (
          <>
            <button type="button" className={css.addPhoto} disabled={disabled} onClick={() => input.current?.click()}>
              <AddIcon />
              <span>{t.addPhoto}</span>
            </button>
            <button type="button" className={css.addPhoto} disabled={disabled} onClick={() => setCamera(true)}>
              <CameraIcon />
              <span>{t.takePhoto}</span>
            </button>
          </>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept="image/*"
        data-testid="photos"
        aria-label={t.addPhoto}
        onChange={(event) => {
          void add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {problem !== null && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
      {camera && (
        <Camera
          onClose={() => setCamera(false)}
          onTaken={(picture) => {
            setCamera(false);
            void add([picture]);
          }}
        />
      )}
    </section>
  );
}

function Thumb({ photo, number, chosen }: { photo: Photo; number: number; chosen: boolean }) {
  const t = useText();
  const { user } = useSession();
  return (
    <span className={css.photo}>
      <button type="button" aria-pressed={chosen} aria-label={t.photo(number)} title={photo.name} onClick={() => choosePhoto(user.id, photo.id)}>
        <img src={photo.url} alt="" width={72} height={72} />
      </button>
      <button type="button" className={css.removePhoto} aria-label={t.removePhoto(number)} title={t.removePhoto(number)} onClick={() => removePhoto(user.id, photo.id)}>
        <CloseIcon />
      </button>
    </span>
  );
}
