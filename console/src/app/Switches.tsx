import { MenuButton } from "@/components/MenuButton";
import { AutoIcon, LanguageIcon, MoonIcon, SunIcon } from "@/components/icons";
import { setLanguage, texts, useLanguage, type Language } from "@/i18n";
import { setTheme, useShownTheme, useTheme, type Theme } from "./settings";

const useText = texts(
  { language: "语言", theme: "外观", light: "浅色", dark: "深色", auto: "跟随系统" },
  { language: "Language", theme: "Appearance", light: "Light", dark: "Dark", auto: "As the system" },
);

export function LanguageMenu() {
  const t = useText();
  const language = useLanguage();
  const item = (key: Language, label: string) => ({
    key,
    label: <span lang={key === "zh" ? "zh-CN" : "en"}>{label}</span>,
    checked: language === key,
    onSelect: () => setLanguage(key),
  });
  return (
    <MenuButton label={t.language} items={[item("zh", "简体中文"), item("en", "English")]}>
      <LanguageIcon />
    </MenuButton>
  );
}

export function ThemeMenu() {
  const t = useText();
  const theme = useTheme();
  const shown = useShownTheme();
  const item = (key: Theme, label: string, icon: React.ReactNode) => ({
    key,
    label,
    icon,
    checked: theme === key,
    onSelect: () => setTheme(key),
  });
  return (
    <MenuButton label={t.theme} items={[item("light", t.light, <SunIcon />), item("dark", t.dark, <MoonIcon />), item("auto", t.auto, <AutoIcon />)]}>
      {shown === "dark" ? <MoonIcon /> : <SunIcon />}
    </MenuButton>
  );
}
