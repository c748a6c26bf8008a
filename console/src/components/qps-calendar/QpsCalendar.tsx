import { useRef, useState } from "react";
import { texts, useLanguage } from "@/i18n";
import { useFormat } from "@/app/format";
import { dayByKey, rangeOf, weeksOf, type CalendarDay, type DayRange } from "./days";
import "./qps-calendar.css";

const useText = texts(
  {
    weekdays: "一 二 三 四 五 六 日",
    today: "今天",
    label: "按天的 QPS",
    has: (day: string, now: string) => `${day}，${now} QPS`,
    will: (day: string, now: string, then: string) => `${day}，现为 ${now} QPS，升级后 ${then} QPS`,
    over: (text: string) => `${text}，超过上限`,
    with: (n: string) => `含 ${n}`,
    how: "点选起止日期，或按住拖动。键盘：方向键移动，空格选定，Shift + 方向键扩展。",
  },
  {
    weekdays: "Mon Tue Wed Thu Fri Sat Sun",
    today: "Today",
    label: "QPS by day",
    has: (day: string, now: string) => `${day}, ${now} QPS`,
    will: (day: string, now: string, then: string) => `${day}, ${now} QPS now, ${then} with the upgrade`,
    over: (text: string) => `${text}, above the ceiling`,
    with: (n: string) => `incl. ${n}`,
    how: "Click the first and the last day, or drag. By keyboard: arrows move, Space chooses, Shift and an arrow extends.",
  },
);

interface QpsCalendarProps {
  days: CalendarDay[];
  range: DayRange | null;
  /** Chooses days; without it the calendar is only looked at. */
  onRange?: (range: DayRange) => void;
  /** Calls a second of a day that come from upgrades, where that is to be seen. */
  upgraded?: (day: string) => number;
}

/** Days with the calls a second that an activity has, and would have. Mouse, touch and keyboard choose days in a row. */
export function QpsCalendar({ days, range, onRange, upgraded }: QpsCalendarProps) {
  const t = useText();
  const grid = useRef<HTMLDivElement>(null);
  const select = useSelection(grid, days, range, onRange);
  return (
    <div>
      {/* The grid listens for its cells, which are what can have the focus. */}
      {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div className="m-qps" role="grid" aria-label={t.label} aria-readonly={onRange === undefined} aria-multiselectable={onRange !== undefined} ref={grid} onKeyDown={select.onKeyDown} onPointerLeave={select.stop} onPointerUp={select.stop}>
        <div role="row" className="m-qps-head">
          {t.weekdays.split(" ").map((name) => (
            <span role="columnheader" key={name}>
              {name}
            </span>
          ))}
        </div>
        {weeksOf(days).map((week, index) => (
          <div role="row" className="m-qps-week" key={index}>
            {week.map((day, column) =>
              day === null ? (
                <span role="gridcell" key={column} className="m-qps-none" />
              ) : (
                <Cell key={day.day} day={day} isFirst={day.day === days[0]?.day} range={range} upgrades={upgraded?.(day.day) ?? 0} select={onRange === undefined ? null : select} />
              ),
            )}
          </div>
        ))}
      </div>
      {onRange && <p className="m-muted m-small m-qps-how">{t.how}</p>}
    </div>
  );
}

type Selection = ReturnType<typeof useSelection>;

interface CellProps {
  day: CalendarDay;
  isFirst: boolean;
  range: DayRange | null;
  upgrades: number;
  select: Selection | null;
}

function Cell({ day, isFirst, range, upgrades, select }: CellProps) {
  const t = useText();
  const language = useLanguage();
  const { count } = useFormat();
  const number = Number(day.day.slice(8));
  const month = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { month: "short", timeZone: "UTC" }).format(new Date(`${day.day}T12:00:00Z`));
  const changes = day.then !== day.now;
  const words = changes ? t.will(day.day, count(day.now), count(day.then)) : t.has(day.day, count(day.now));
  const ends = [range?.first === day.day && "m-qps-first", range?.last === day.day && "m-qps-last"];
  const classes = ["m-qps-day", day.chosen && "m-qps-chosen", day.isOver && "m-qps-over", ...ends].filter(Boolean).join(" ");
  const content = (
    <>
      <span className="m-qps-date">
        {isFirst ? t.today : number === 1 ? month : number}
      </span>
      <span className="m-qps-now">{count(changes ? day.then : day.now)}</span>
      <span className="m-qps-plus">{changes ? `${count(day.now)} + ${count(day.then - day.now)}` : upgrades > 0 ? t.with(count(upgrades)) : ""}</span>
    </>
  );
  if (select === null) {
    return (
      <div role="gridcell" className={classes} aria-label={words}>
        {content}
      </div>
    );
  }
  return (
    <button
      type="button"
      role="gridcell"
      className={classes}
      data-day={day.day}
      tabIndex={select.focused === day.day ? 0 : -1}
      aria-selected={day.chosen}
      aria-label={day.isOver ? t.over(words) : words}
      onPointerDown={(event) => select.press(day.day, event)}
      onPointerEnter={() => select.reach(day.day)}
      onClick={() => select.choose(day.day)}
      onFocus={() => select.setFocused(day.day)}
    >
      {content}
    </button>
  );
}

function useSelection(grid: React.RefObject<HTMLDivElement | null>, days: CalendarDay[], range: DayRange | null, onRange: ((range: DayRange) => void) | undefined) {
  const first = days[0]?.day ?? "";
  const last = days[days.length - 1]?.day ?? "";
  const [focused, setFocused] = useState(range?.first ?? first);
  /** The day at which a choice began that has no end yet. */
  const anchor = useRef<string | null>(null);
  const drag = useRef<{ from: string; moved: boolean } | null>(null);
  const choose = (day: string) => {
    onRange?.(anchor.current === null ? { first: day, last: day } : rangeOf(anchor.current, day));
    anchor.current = anchor.current === null ? day : null;
  };
  const move = (to: string) => {
    setFocused(to);
    grid.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus();
  };
  return {
    focused: days.some((day) => day.day === focused) ? focused : first,
    setFocused,
    press: (day: string, event: React.PointerEvent) => {
      if (event.pointerType === "mouse" && event.button === 0) {
        drag.current = { from: day, moved: false };
      }
    },
    reach: (day: string) => {
      if (drag.current !== null && (drag.current.moved || day !== drag.current.from)) {
        drag.current.moved = true;
        anchor.current = null;
        onRange?.(rangeOf(drag.current.from, day));
      }
    },
    stop: () => {
      drag.current = null;
    },
    // A drag that ends on another day makes no click there: the browser's click has one target.
    choose,
    onKeyDown: (event: React.KeyboardEvent) => {
      const to = onRange === undefined ? null : dayByKey(event.key, focused, first, last);
      if (to === null) {
        return;
      }
      event.preventDefault();
      if (event.shiftKey) {
        if (anchor.current === null) {
          anchor.current = focused;
        }
        onRange?.(rangeOf(anchor.current, to));
      }
      move(to);
    },
  };
}
