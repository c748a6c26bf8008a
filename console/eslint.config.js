import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "shots", "test-results", "src/api/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [
      tseslint.configs.recommendedTypeChecked,
      reactHooks.configs.flat["recommended-latest"],
      jsxA11y.flatConfigs.recommended,
    ],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "no-console": "error",
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "tdesign-react", message: "Import each part from tdesign-react/es/<part>." },
                  { name: "tdesign-icons-react", message: "Import icons through @/components/icons." },
                  { name: "tdesign-react/es/button", message: "Use @/components/Button." },
                  { name: "tdesign-react/es/switch", message: "Use @/components/Toggle." },
                  { name: "echarts", message: "Use @/components/ChartPanel." }] },
      ],
    },
  },
  {
    files: ["src/campaign/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["react", "react-*", "tdesign-*", "@/*", "echarts*"],
                       message: "The campaign page is light: plain TypeScript, nothing of the console." }] },
      ],
    },
  },
  { files: ["e2e/**", "*.config.ts"], rules: { "react-hooks/rules-of-hooks": "off", "no-restricted-imports": "off" } },
  { files: ["**/*.{js,mjs}"], languageOptions: { globals: { ...globals.node, ...globals.browser } }, rules: { "no-console": "off" } },
);
