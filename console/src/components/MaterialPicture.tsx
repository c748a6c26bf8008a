import { useState } from "react";
import { texts } from "@/i18n";
import { ImageIcon } from "./icons";
import "./material-picture.css";

const useText = texts(
  { gone: "图片无法显示", face: (n: number) => `人脸 ${n}` },
  { gone: "The picture cannot be shown", face: (n: number) => `face ${n}` },
);

/** A face on a picture, in the picture's own pixels. */
export interface FaceBox {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Written at the box, such as its number. */
  label?: string;
  /** Why it cannot be used: drawn in red. */
  fault?: string | null;
  /** Another face is looked at. */
  dim?: boolean;
}

interface MaterialPictureProps {
  src: string;
  /** The same for screens with more pixels. */
  srcSet?: string;
  alt: string;
  /** Size of the picture in pixels, so that room is kept for it. */
  width: number;
  height: number;
  faces?: FaceBox[];
  /** Cut to a square, for lists; boxes are not drawn then. */
  square?: boolean;
  /** Beyond the first screen. */
  lazy?: boolean;
}

/** A material with its faces marked. */
export function MaterialPicture({ src, srcSet, alt, width, height, faces = [], square, lazy = true }: MaterialPictureProps) {
  const t = useText();
  const [broken, setBroken] = useState<string | null>(null);
  const stroke = Math.max(width, height) / 200;
  if (broken === src) {
    return (
      <div className="m-picture m-picture-gone" style={{ aspectRatio: square ? 1 : width / height }}>
        <ImageIcon />
        <span>{t.gone}</span>
      </div>
    );
  }
  return (
    <div className={square ? "m-picture m-picture-square" : "m-picture"} style={{ aspectRatio: square ? 1 : `${width} / ${height}` }}>
      <img src={src} srcSet={srcSet} alt={alt} width={width} height={height} loading={lazy ? "lazy" : "eager"} decoding="async" onError={() => setBroken(src)} />
      {!square && faces.length > 0 && (
        <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={faces.map((face, index) => face.fault ?? face.label ?? t.face(index + 1)).join("; ")}>
          {faces.map((face, index) => (
            <g key={index} className={face.fault ? "m-face m-face-fault" : "m-face"} opacity={face.dim ? 0.25 : undefined}>
              <rect x={face.x} y={face.y} width={face.width} height={face.height} rx={stroke * 3} strokeWidth={stroke} />
              <Tag face={face} text={face.label ?? String(index + 1)} size={stroke * 8} most={width} />
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

function Tag({ face, text, size, most }: { face: FaceBox; text: string; size: number; most: number }) {
  const above = face.y > size * 1.6;
  const y = above ? face.y - size * 1.5 : face.y;
  const width = size * (0.8 + widthOf(text));
  // A face at the border must not push its words out of the picture.
  const x = Math.max(0, Math.min(face.x, most - width));
  return (
    <>
      <rect className="m-face-tag" x={x} y={y} width={width} height={size * 1.4} rx={size * 0.3} />
      <text x={x + size * 0.4} y={y + size} fontSize={size}>
        {text}
      </text>
    </>
  );
}

/** About how wide a text is, in its own size: Chinese characters are square, Latin ones narrower. */
function widthOf(text: string): number {
  return Array.from(text).reduce((width, one) => width + (one > "\u2e80" ? 1 : 0.62), 0);
}
