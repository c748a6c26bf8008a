export { currentLanguage, setLanguage, useLanguage, type Language } from "./language";
export { texts, type Message } from "./texts";
