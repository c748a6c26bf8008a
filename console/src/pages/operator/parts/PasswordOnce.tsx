import Button from "@/components/Button";
import { CopyId } from "@/components/CopyId";
import { Modal } from "@/components/Modal";
import { texts } from "@/i18n";
import styles from "./parts.module.css";

const useText = texts(
  {
    title: (login: string) => `${login} 的密码`,
    once: "密码只显示这一次，关闭后无法再看到。请复制后交给本人，并请其登录后在个人设置中修改。",
    done: "我已保存",
  },
  {
    title: (login: string) => `Password of ${login}`,
    once: "It is shown only now. Copy it, hand it over, and have it changed in the profile after the first sign-in.",
    done: "I have kept it",
  },
);

/** A drawn password, shown this once. Only its button closes it, so that it is not lost by a stray click. */
export function PasswordOnce({ login, password, onClose }: { login: string; password: string; onClose: () => void }) {
  const t = useText();
  return (
    <Modal open title={t.title(login)} footer={<Button onClick={onClose}>{t.done}</Button>}>
      <div className={styles["secret"]}>
        <CopyId id={password} />
      </div>
      <p className="m-muted">{t.once}</p>
    </Modal>
  );
}
