import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { Empty } from "@/components/Empty";
import { useNoticeWords } from "@/components/notice-words";
import { Card } from "@/components/Page";
import { Moment } from "@/components/Written";
import { useText } from "./text";
import css from "./overview.module.css";

/** The newest notices. */
export function Notices({ notices, unread }: { notices: Schema["Notice"][]; unread: number }) {
  const t = useText();
  const toPage = useToPage();
  const wordsOf = useNoticeWords();
  return (
    <Card
      title={t.notices}
      actions={
        <Link to={toPage("notices")}>
          {t.allNotices}
          {unread > 0 && t.unreadCount(unread)}
        </Link>
      }
    >
      {notices.length === 0 ? (
        <Empty small title={t.noNotices}>
          {t.noNoticesAdvice}
        </Empty>
      ) : (
        <ul className={`m-plain ${css.notices}`}>
          {notices.map((notice) => {
            const { title, text, look } = wordsOf(notice);
            return (
              <li key={notice.id} data-unread={!notice.seen || undefined}>
                <div className={css.noticeHead}>
                  <Link className={css.noticeTitle} to={toPage(look.page)}>
                    {!notice.seen && <span className={css.unread} role="img" aria-label={t.unread} />}
                    {title}
                  </Link>
                  <span className={`${css.noticeTime} m-small m-muted`}>
                    <Moment at={notice.at} />
                  </span>
                </div>
                <p className="m-small m-muted">{text}</p>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
