import { useState, type ReactNode } from "react";
import { texts } from "@/i18n";
import Button from "./Button";
import { CopyId } from "./CopyId";
import { DownloadIcon, WarningIcon } from "./icons";
import { Modal } from "./Modal";
import { saveFile } from "./save-file";
import "./secret-once.css";

const useText = texts(
  { once: "请立即保存：关闭后将无法再次查看", download: "下载为文本文件", kept: "我已妥善保存", done: "完成" },
  { once: "Keep it now: it cannot be shown again", download: "Download as a text file", kept: "I have kept it safe", done: "Done" },
);

interface SecretOnceProps {
  title: string;
  /** What is shown: label, text, whether it is the secret itself. */
  parts: { label: string; value: string }[];
  /** Name of the file it can be kept in. */
  fileName: string;
  children?: ReactNode;
  onClose: () => void;
}

/** Shows a secret the only time it can be shown; it closes once its owner says that it is kept. */
export function SecretOnce({ title, parts, fileName, children, onClose }: SecretOnceProps) {
  const t = useText();
  const [kept, setKept] = useState(false);
  const text = parts.map(({ label, value }) => `${label}: ${value}\n`).join("");
  return (
    <Modal
      open
      title={title}
      width={560}
      footer={
        <>
          <Button variant="outline" theme="default" icon={<DownloadIcon />} onClick={() => saveFile(fileName, new Blob([text], { type: "text/plain;charset=utf-8" }))}>
            {t.download}
          </Button>
          <Button disabled={!kept} onClick={onClose}>
            {t.done}
          </Button>
        </>
      }
    >
      <p className="m-secret-once">
        <WarningIcon /> {t.once}
      </p>
      <dl className="m-secret">
        {parts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <CopyId id={value} />
            </dd>
          </div>
        ))}
      </dl>
      {children}
      <label className="m-secret-kept">
        <input type="checkbox" checked={kept} onChange={() => setKept(!kept)} /> {t.kept}
      </label>
    </Modal>
  );
}
