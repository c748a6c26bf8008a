import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import Button from "@/components/Button";
import { leaveSession } from "@/api/session";
import { Modal } from "@/components/Modal";
import { texts } from "@/i18n";
import { useSession } from "./account";
import { LoginForm } from "./LoginForm";

const useText = texts(
  { title: "登录已过期", kept: "页面上的内容会保留，重新登录后可继续。", other: "换一个用户登录" },
  { title: "Your session has ended", kept: "What is on the page stays; sign in again to go on.", other: "Sign in as somebody else" },
);

/** Asks for the password over the page, which stays as it is. */
export function SessionDialog() {
  const t = useText();
  const { user } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = () => {
    leaveSession();
    client.clear();
    void navigate("/login");
  };
  return (
    <Modal open title={t.title} width={400}>
      <p className="m-muted">{t.kept}</p>
      <LoginForm login={user.login} onDone={() => void client.invalidateQueries()} />
      <Button variant="text" theme="default" onClick={leave}>
        {t.other}
      </Button>
    </Modal>
  );
}
