import type { components } from "./schema";

/** The shapes of the API by name, such as `Schema["Activity"]`. */
export type Schema = components["schemas"];

export type Session = Schema["Session"];
export type SessionAccount = Schema["SessionAccount"];
export type Role = SessionAccount["role"];
export type About = Schema["About"];
