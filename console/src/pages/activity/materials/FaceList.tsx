import { useFormat } from "@/app/format";
import { CopyId } from "@/components/CopyId";
import { useLanguage } from "@/i18n";
import { written, type ToldFace } from "./faces";
import { useText } from "./text";
import css from "./dialog.module.css";

interface FaceListProps {
  faces: ToldFace[];
  /** Told which face is pointed at, to be shown on the picture. */
  onPoint: (index: number | null) => void;
}

/** The faces of a picture with their ids, or with why they cannot be used. */
export function FaceList({ faces, onPoint }: FaceListProps) {
  const t = useText();
  const { count } = useFormat();
  const language = useLanguage();
  return (
    <section>
      <h3 className={css.title}>{t.facesTitle}</h3>
      {faces.length === 0 && <p className="m-muted">{t.facesNone}</p>}
      <ul className={`m-plain ${css.faces}`}>
        {faces.map((face, index) => (
          <li key={index} data-fault={face.number === null || undefined} onPointerEnter={() => onPoint(index)} onPointerLeave={() => onPoint(null)}>
            <span className={css.number} aria-hidden="true">
              {face.number ?? "!"}
            </span>
            <div className={css.faceWords}>
              {face.id !== null ? <CopyId id={face.id} /> : <span>{t.face_unusable}</span>}
              <span className="m-small m-muted">{t.faceSize(count(face.reviewed.width), String(Math.abs(Math.round(face.reviewed.yaw))))}</span>
              {face.reviewed.findings.map((finding) => (
                <span key={finding.code} className={css.finding}>
                  {written(finding, language)}
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
