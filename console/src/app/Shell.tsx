import { useState } from "react";
import { NavLink, Outlet, useParams } from "react-router";
import { Modal } from "@/components/Modal";
import { FoldIcon, MenuIcon, UnfoldIcon } from "@/components/icons";
import { texts } from "@/i18n";
import { useSession } from "./account";
import { AccountSwitcher, HomeLink, NoticesBell, UserMenu } from "./HeaderParts";
import { OfflineBanner } from "./OfflineBanner";
import { LanguageMenu, ThemeMenu } from "./Switches";
import { accountMenu, operatorMenu, type MenuGroup } from "./pages";
import { lastAccount, rememberFold, wasFolded } from "./remembered";
import { useWords } from "./words";
import "./shell.css";

const useText = texts(
  { skip: "跳到主要内容", menu: "菜单", fold: "收起菜单", unfold: "展开菜单", main: "主导航" },
  { skip: "Skip to the content", menu: "Menu", fold: "Collapse the menu", unfold: "Expand the menu", main: "Main" },
);

/** Header, side menu, and the page between them. */
export function Shell() {
  const t = useText();
  const [folded, setFolded] = useState(wasFolded);
  const [drawer, setDrawer] = useState(false);
  const fold = () => {
    rememberFold(!folded);
    setFolded(!folded);
  };
  return (
    <div className={folded ? "m-shell m-shell-folded" : "m-shell"}>
      <a className="m-skip" href="#content">
        {t.skip}
      </a>
      <header className="m-header">
        <button type="button" className="m-icon-button m-header-menu" aria-label={t.menu} aria-expanded={drawer} onClick={() => setDrawer(true)}>
          <MenuIcon />
        </button>
        <HomeLink />
        <AccountSwitcher />
        <div className="m-header-end">
          <LanguageMenu />
          <ThemeMenu />
          <NoticesBell />
          <UserMenu />
        </div>
      </header>
      <OfflineBanner />
      <aside className="m-side">
        <SideMenu label={t.main} folded={folded} />
        <button type="button" className="m-side-fold" onClick={fold} aria-label={folded ? t.unfold : t.fold} title={folded ? t.unfold : t.fold}>
          {folded ? <UnfoldIcon /> : <FoldIcon />}
        </button>
      </aside>
      <Modal open={drawer} side="left" width={280} title="mien" onClose={() => setDrawer(false)}>
        <SideMenu label={t.main} folded={false} onGo={() => setDrawer(false)} />
      </Modal>
      <main id="content" className="m-content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

interface SideMenuProps {
  label: string;
  folded: boolean;
  onGo?: () => void;
}

function SideMenu({ label, folded, onGo }: SideMenuProps) {
  const session = useSession();
  const { account } = useParams();
  const known = session.accounts.some((one) => one.id === account) ? account : lastAccount(session);
  return (
    <nav className="m-nav" aria-label={label}>
      {session.user.operator && operatorMenu.map((group, index) => <Group key={index} group={group} base="/operator" folded={folded} onGo={onGo} />)}
      {known !== undefined && accountMenu.map((group, index) => <Group key={index} group={group} base={`/accounts/${known}`} folded={folded} onGo={onGo} />)}
    </nav>
  );
}

function Group({ group, base, folded, onGo }: { group: MenuGroup; base: string; folded: boolean; onGo?: (() => void) | undefined }) {
  const words = useWords();
  const title = group.title?.(words);
  return (
    <div className="m-nav-group" role={title === undefined ? undefined : "group"} aria-label={title}>
      {title !== undefined && (
        <div className="m-nav-title" aria-hidden="true">
          {folded ? "" : title}
        </div>
      )}
      <ul className="m-plain">
        {group.pages.map((page) => (
          <li key={page.path}>
            <NavLink to={`${base}/${page.path}`} className="m-nav-link" title={folded ? page.title(words) : undefined} onClick={onGo}>
              {page.icon}
              <span className={folded ? "m-hidden" : undefined}>{page.title(words)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
