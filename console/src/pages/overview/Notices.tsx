import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { useLanguage } from "@/i18n";
import { Empty } from "@/components/Empty";
import { Card } from "@/components/Page";
import { Moment } from "@/components/Written";
import { useText } from "./text";
import css from "./overview.module.css";

/** The newest notices. */
export function Notices({ notices, unread }: { notices: Schema["Notice"][]; unread: number }) {
  const t = useText();
  const toPage = useToPage();
  const language = useLanguage();
  return (
    <Card
      title={t.notices}
      actions={
        <Link to={toPage("notices")}>
          {t.allNotices}
          {unread > 0 && ` (${unread})`}
        </Link>
      }
    >
      {notices.length === 0 ? (
        <Empty small title={t.noNotices}>
          {t.noNoticesAdvice}
        </Empty>
      ) : (
        <ul className={`m-plain ${css.notices}`}>
          {notices.map((notice) => (
            <li key={notice.id} data-unread={!notice.seen || undefined}>
              <div className={css.apart}>
                <span className={css.noticeTitle}>
                  {!notice.seen && <span className={css.unread} role="img" aria-label={t.unread} />}
                  {language === "zh" ? notice.title_zh : notice.title_en}
                </span>
                <span className="m-small m-muted">
                  <Moment at={notice.at} />
                </span>
              </div>
              <p className="m-small m-muted">{language === "zh" ? notice.text_zh : notice.text_en}</p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
