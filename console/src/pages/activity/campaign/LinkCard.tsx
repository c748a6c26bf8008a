import { useMemo } from "react";
import { renderSVG } from "uqr";
import Button from "@/components/Button";
import { CopyIcon, DownloadIcon } from "@/components/icons";
import { Card } from "@/components/Page";
import { toast } from "@/components/toast";
import type { Campaign } from "./draft";
import { useText } from "./text";
import css from "./campaign.module.css";

const PNG_SIDE = 1200;

/** The page's link, to be copied and to be printed. */
export function LinkCard({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const address = `${window.location.origin}/c/${campaign.slug}`;
  const svg = useMemo(() => renderSVG(address, { ecc: "M", border: 4 }), [address]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      toast(t.copied);
    } catch {
      toast(t.copyFailed, "fault");
    }
  };
  const name = `mien-${campaign.slug}`;
  return (
    <Card title={t.link}>
      <div className={css.link}>
        <img className={css.qr} src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`} alt={`${t.qr} ${address}`} width={160} height={160} />
        <div className="m-stack">
          <div className="m-stack-tight">
            <code className={css.address}>{address}</code>
            {!campaign.published && <span className="m-muted m-small">{t.linkHidden}</span>}
          </div>
          <div className="m-row">
            <Button variant="outline" icon={<CopyIcon />} onClick={() => void copy()}>
              {t.copy}
            </Button>
            <Button variant="outline" theme="default" icon={<DownloadIcon />} onClick={() => give(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`)}>
              {t.svg}
            </Button>
            <Button variant="outline" theme="default" icon={<DownloadIcon />} onClick={() => drawn(svg, (png) => give(png, `${name}.png`))}>
              {t.png}
            </Button>
          </div>
          <p className="m-muted m-small">{t.print}</p>
        </div>
      </div>
    </Card>
  );
}

function drawn(svg: string, then: (png: Blob) => void): void {
  const picture = new Image(PNG_SIDE, PNG_SIDE);
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = PNG_SIDE;
    canvas.height = PNG_SIDE;
    const context = canvas.getContext("2d");
    if (context) {
      context.imageSmoothingEnabled = false;
      context.drawImage(picture, 0, 0, PNG_SIDE, PNG_SIDE);
      canvas.toBlob((png) => png && then(png), "image/png");
    }
  };
  picture.src = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

function give(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
