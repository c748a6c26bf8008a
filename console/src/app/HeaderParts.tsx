import { Link, useLocation, useNavigate, useParams } from "react-router";
import { useQueryClient } from "@tanstack/react-query";
import { ask } from "@/api/client";
import { leaveSession } from "@/api/session";
import { useRead } from "@/api/use-api";
import { MenuButton } from "@/components/MenuButton";
import { BellIcon, ChevronDownIcon, LogOutIcon, UserIcon } from "@/components/icons";
import { texts } from "@/i18n";
import { useSession } from "./account";
import { Mark } from "./Mark";
import { lastAccount } from "./remembered";
import { useWords } from "./words";

const useText = texts(
  {
    home: "mien 首页",
    choose: "切换账户",
    unread: (n: number) => (n === 0 ? "通知" : `通知，${n} 条未读`),
    user: (name: string) => `${name} 的菜单`,
    signOut: "退出登录",
    suspended: "已停用",
  },
  {
    home: "mien, home",
    choose: "Switch account",
    unread: (n: number) => (n === 0 ? "Notices" : `Notices, ${n} unread`),
    user: (name: string) => `Menu of ${name}`,
    signOut: "Sign out",
    suspended: "suspended",
  },
);

const NOTICES_EVERY_MS = 60_000;

export function HomeLink() {
  const t = useText();
  return (
    <Link to="/" className="m-home" aria-label={t.home}>
      <Mark />
      <span aria-hidden="true">mien</span>
    </Link>
  );
}

/** The account that the pages are about; another one shows the same page of it. */
export function AccountSwitcher() {
  const t = useText();
  const { accounts } = useSession();
  const { account } = useParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const now = accounts.find((one) => one.id === account);
  if (!now || pathname.startsWith("/operator")) {
    return null;
  }
  const page = pathname.split("/")[3] ?? "overview";
  const items = accounts.map((one) => ({
    key: one.id,
    label: (
      <>
        {one.name} <span className="m-muted m-small">{one.id}</span>
        {one.state === "suspended" && <span className="m-small m-suspended"> {t.suspended}</span>}
      </>
    ),
    checked: one.id === now.id,
    onSelect: () => void navigate(`/accounts/${one.id}/${page}`),
  }));
  return (
    <span className="m-menu-start m-switcher">
      <MenuButton label={`${t.choose}: ${now.name}`} className="m-switcher-button" items={items}>
        <span className="m-switcher-name">{now.name}</span>
        <ChevronDownIcon />
      </MenuButton>
    </span>
  );
}

export function NoticesBell() {
  const t = useText();
  const session = useSession();
  const { account } = useParams();
  const id = session.accounts.find((one) => one.id === account)?.id ?? lastAccount(session);
  const notices = useRead(
    "/api/v1/accounts/{account}/notices",
    { path: { account: id ?? "" }, query: { limit: 1 } },
    { enabled: id !== undefined, everyMs: NOTICES_EVERY_MS },
  );
  if (id === undefined) {
    return null;
  }
  const unread = notices.data?.unread ?? 0;
  return (
    <Link className="m-icon-button m-bell" to={`/accounts/${id}/notices`} aria-label={t.unread(unread)} title={t.unread(unread)}>
      <BellIcon />
      {unread > 0 && <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>}
    </Link>
  );
}

export function UserMenu() {
  const t = useText();
  const w = useWords();
  const { user } = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const signOut = async () => {
    try {
      await ask("delete", "/api/v1/session", {});
    } finally {
      leaveSession();
      client.clear();
      void navigate("/login");
    }
  };
  return (
    <MenuButton
      label={t.user(user.name)}
      className="m-user"
      head={
        <>
          <div>{user.name}</div>
          <div className="m-muted m-small">
            {user.login}
            {user.operator && ` · ${w.operator}`}
          </div>
        </>
      }
      items={[
        { key: "profile", label: w.profile, icon: <UserIcon />, onSelect: () => void navigate("/profile") },
        { key: "out", label: t.signOut, icon: <LogOutIcon />, apart: true, onSelect: () => void signOut() },
      ]}
    >
      <span aria-hidden="true">{[...user.name][0]?.toUpperCase() ?? "?"}</span>
    </MenuButton>
  );
}
