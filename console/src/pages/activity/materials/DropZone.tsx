import { useEffect, useRef, useState } from "react";
import { UploadIcon } from "@/components/icons";
import { useText } from "./text";
import css from "./materials.module.css";

interface DropZoneProps {
  onFiles: (files: File[]) => void;
  /** Files that are being looked at. */
  reading: number;
  /** One line instead of a field, where there are materials already. */
  small: boolean;
  write: (count: number) => string;
}

/** Takes pictures: dropped anywhere on the page, pasted, or chosen. */
export function DropZone({ onFiles, reading, small, write }: DropZoneProps) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const over = useDropAndPaste(onFiles);
  return (
    <>
      <button type="button" className={css.drop} data-small={small || undefined} onClick={() => input.current?.click()}>
        <UploadIcon />
        <span className={css.dropWords}>
          <span className={css.dropTitle}>{reading > 0 ? t.reading(write(reading)) : t.drop}</span>
          <span className="m-small m-muted">{t.dropHint}</span>
        </span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        accept="image/jpeg,image/png"
        hidden
        data-testid="files"
        aria-label={t.choose}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {over && (
        <div className={css.dropOver} aria-hidden="true">
          <UploadIcon />
          {t.dropNow}
        </div>
      )}
    </>
  );
}

/** Whether files are held over the page. */
function useDropAndPaste(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });
  useEffect(() => {
    let depth = 0;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onEnter = (event: DragEvent) => {
      if (holdsFiles(event)) {
        depth += 1;
        setOver(true);
      }
    };
    const onLeave = () => {
      depth = Math.max(0, depth - 1);
      setOver(depth > 0);
    };
    const onOver = (event: DragEvent) => {
      if (holdsFiles(event)) {
        event.preventDefault();
      }
    };
    const onDrop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (holdsFiles(event)) {
        event.preventDefault();
        take.current([...(event.dataTransfer?.files ?? [])]);
      }
    };
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) {
        event.preventDefault();
        take.current(files);
      }
    };
    window.addEventListener("dragenter", onEnter);
    window.addEventListener("dragleave", onLeave);
    window.addEventListener("dragover", onOver);
    window.addEventListener("drop", onDrop);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("dragenter", onEnter);
      window.removeEventListener("dragleave", onLeave);
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("drop", onDrop);
      window.removeEventListener("paste", onPaste);
    };
  }, []);
  return over;
}
