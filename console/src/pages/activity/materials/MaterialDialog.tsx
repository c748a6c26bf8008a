import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import Button from "@/components/Button";
import { useAccountChange } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useAccount, useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { pictureOf, sizeOf } from "@/app/material-state";
import { useWords } from "@/app/words";
import { useConfirm } from "@/components/Confirm";
import { CopyId } from "@/components/CopyId";
import { DeleteIcon, LockIcon } from "@/components/icons";
import { MaterialPicture } from "@/components/MaterialPicture";
import { Modal } from "@/components/Modal";
import { toast } from "@/components/toast";
import { Moment } from "@/components/Written";
import { AppealPart } from "./AppealPart";
import { FaceList } from "./FaceList";
import { Rename } from "./Rename";
import { ReplacePicture } from "./ReplacePicture";
import { StatusTag } from "./StatusTag";
import { useText } from "./text";
import { useBoxes } from "./use-boxes";
import { refreshMaterials } from "./use-upload-queue";
import css from "./dialog.module.css";

type Material = Schema["Material"];

interface MaterialDialogProps {
  material: Material;
  activity: Schema["Activity"];
  frozen: boolean;
  onClose: () => void;
}

/** All about one material: its picture with faces, why it is usable or not, and what can be done. */
export function MaterialDialog({ material, activity, frozen, onClose }: MaterialDialogProps) {
  const t = useText();
  const { mayEdit } = useAccount();
  const { faces, boxes } = useBoxes(material);
  const account = useAccount();
  const [at, setAt] = useState<number | null>(null);
  const drawn = boxes.map((box, index) => ({ ...box, dim: at !== null && at !== index }));
  return (
    <Modal open title={t.details} width={1040} onClose={onClose}>
      <div className={css.halves}>
        {/* Takes the focus, or the name would, and bring up a phone's keyboard. */}
        <div className={css.picture} data-autofocus tabIndex={-1}>
          <MaterialPicture src={pictureOf(account.id, material)} alt={material.name} {...sizeOf(material)} faces={drawn} lazy={false} />
        </div>
        <div className={css.words}>
          <Rename material={material} disabled={!mayEdit} />
          <About material={material} />
          <AppealPart material={material} mayEdit={mayEdit} />
          <FaceList faces={faces} onPoint={setAt} />
          <Actions material={material} activity={activity} frozen={frozen} onClose={onClose} />
        </div>
      </div>
    </Modal>
  );
}

function About({ material }: { material: Material }) {
  const t = useText();
  const { count } = useFormat();
  const { width, height, format } = material.review;
  return (
    <dl className={css.facts}>
      <div>
        <dt>{t.id}</dt>
        <dd>
          <CopyId id={material.id} />
        </dd>
      </div>
      <div>
        <dt>{t.statusLabel}</dt>
        <dd>
          <StatusTag status={material.status} />
        </dd>
      </div>
      <div>
        <dt>{t.degrees}</dt>
        <dd className="m-number">
          {material.feature_degree} / {material.shape_degree}
        </dd>
      </div>
      <div>
        <dt>{t.picture}</dt>
        <dd className="m-number">
          {t.pixels(count(width), count(height))} {format?.toUpperCase()}
        </dd>
      </div>
      <div>
        <dt>{t.uploaded}</dt>
        <dd>
          <Moment at={material.created} />
        </dd>
      </div>
      <div>
        <dt>{t.updated}</dt>
        <dd>
          <Moment at={material.updated} />
        </dd>
      </div>
    </dl>
  );
}

function Actions({ material, activity, frozen, onClose }: MaterialDialogProps) {
  const t = useText();
  const w = useWords();
  const client = useQueryClient();
  const confirm = useConfirm();
  const toPage = useToPage();
  const { mayEdit } = useAccount();
  const remove = useAccountChange("delete", "/api/v1/accounts/{account}/materials/{material}");
  const ask = () =>
    confirm({
      title: t.deleteTitle(material.name),
      children: t.deleteText,
      act: w.delete,
      danger: true,
      onConfirm: async () => {
        await remove.mutateAsync({ path: { material: material.id } });
        toast(w.deleted);
        onClose();
        await refreshMaterials(client);
      },
    });
  return (
    <div className={css.actions}>
      {material.usable && (
        <Link className={css.tune} to={`${toPage(`activities/${activity.id}/tuning`)}?material=${material.id}`}>
          {t.tune}
        </Link>
      )}
      {mayEdit && !frozen && (
        <>
          <ReplacePicture material={material} />
          <Button variant="text" theme="danger" icon={<DeleteIcon />} onClick={ask}>
            {w.delete}
          </Button>
        </>
      )}
      {mayEdit && frozen && (
        <span className={`${css.frozen} m-small m-muted`}>
          <LockIcon />
          {t.frozenShort}
        </span>
      )}
    </div>
  );
}
