// Sets theme and language before the first paint, so that nothing flashes. Keys as in src/app/settings.ts.
(function () {
  var root = document.documentElement;
  var read = function (key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  var theme = read("mien.theme");
  if (theme !== "light" && theme !== "dark") {
    theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.setAttribute("theme-mode", theme);
  var language = read("mien.language");
  if (language !== "zh" && language !== "en") {
    language = /^zh/i.test(navigator.language) ? "zh" : "en";
  }
  root.lang = language === "zh" ? "zh-CN" : "en";
})();
