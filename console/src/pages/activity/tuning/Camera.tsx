import { useEffect, useRef, useState } from "react";
import Button from "@/components/Button";
import { useWords } from "@/app/words";
import { Modal } from "@/components/Modal";
import { useText } from "./text";
import css from "./tuning.module.css";

type Trouble = "denied" | "none" | "insecure" | "failed";

interface CameraProps {
  onTaken: (picture: Blob) => void;
  onClose: () => void;
}

/** Takes a photo with the camera; the picture goes nowhere but to the page. */
export function Camera({ onTaken, onClose }: CameraProps) {
  const t = useText();
  const w = useWords();
  const { video, ready, trouble, again } = useCamera();
  const take = () => {
    const from = video.current;
    const canvas = document.createElement("canvas");
    canvas.width = from?.videoWidth ?? 0;
    canvas.height = from?.videoHeight ?? 0;
    if (from === null || canvas.width === 0) {
      return;
    }
    // Shown as in a mirror, taken as others see it.
    canvas.getContext("2d")?.drawImage(from, 0, 0);
    canvas.toBlob((blob) => blob && onTaken(blob), "image/jpeg", 0.95);
  };
  const words = trouble && { denied: t.cameraDenied, none: t.cameraNone, insecure: t.cameraInsecure, failed: t.cameraFailed }[trouble];
  return (
    <Modal
      open
      width={640}
      title={t.cameraTitle}
      onClose={onClose}
      footer={
        <>
          <Button variant="outline" theme="default" onClick={onClose}>
            {w.cancel}
          </Button>
          {trouble ? trouble !== "insecure" && <Button onClick={again}>{w.retry}</Button> : <Button disabled={!ready} onClick={take}>{t.cameraTake}</Button>}
        </>
      }
    >
      {words ? (
        <p role="alert">{words}</p>
      ) : (
        <>
          <div className={css.camera}>
            <video ref={video} autoPlay playsInline muted aria-label={t.cameraTitle} />
            {!ready && <span>{t.cameraWait}</span>}
          </div>
          <p className="m-small m-muted">{t.cameraHint}</p>
        </>
      )}
    </Modal>
  );
}

/** Opens the camera into a video, and closes it when the page is done with it. */
function useCamera() {
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let over = false;
    const open = async () => {
      try {
        const opened = await ask();
        if (over) {
          opened.getTracks().forEach((track) => track.stop());
          return;
        }
        stream = opened;
        if (video.current) {
          video.current.srcObject = opened;
          video.current.onloadeddata = () => setReady(true);
        }
      } catch (thrown) {
        if (!over) {
          setTrouble(troubleOf(thrown));
        }
      }
    };
    void open();
    return () => {
      over = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [tries]);
  const again = () => {
    setTrouble(null);
    setReady(false);
    setTries(tries + 1);
  };
  return { video, ready, trouble, again };
}

async function ask(): Promise<MediaStream> {
  // Outside of HTTPS browsers do not have it at all.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) {
    throw new DOMException("", "SecurityError");
  }
  return devices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1440 }, height: { ideal: 1080 } }, audio: false });
}

function troubleOf(thrown: unknown): Trouble {
  switch (thrown instanceof DOMException ? thrown.name : "") {
    case "NotAllowedError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    case "SecurityError":
      return "insecure";
    default:
      return "failed";
  }
}
