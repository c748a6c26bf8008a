// Written by hand until the API's document exists; `npm run api` replaces this file.
type Problem = { error: { code: string; message: string } & Record<string, unknown> };
type Answers<T> = {
  200: { headers: Record<string, unknown>; content: { "application/json": T } };
  400: { headers: Record<string, unknown>; content: { "application/json": Problem } };
};
/** A read: path parameters, query, answer. */
type Read<P, T, Q = never> = {
  parameters: { query?: Q; path: P };
  requestBody?: never;
  responses: Answers<T>;
};
type PlainRead<T, Q = never> = {
  parameters: { query?: Q; path?: never };
  requestBody?: never;
  responses: Answers<T>;
};
/** A change: path parameters, body, answer. */
type Change<P, B, T = Record<string, never>> = {
  parameters: { query?: never; path: P };
  requestBody: { content: { "application/json": B } };
  responses: Answers<T>;
};
type PlainChange<B, T = Record<string, never>> = {
  parameters: { query?: never; path?: never };
  requestBody: { content: { "application/json": B } };
  responses: Answers<T>;
};
/** A change without a body. */
type Act<P, T = Record<string, never>> = {
  parameters: { query?: never; path: P };
  requestBody?: never;
  responses: Answers<T>;
};
type PlainAct<T = Record<string, never>> = {
  parameters: { query?: never; path?: never };
  requestBody?: never;
  responses: Answers<T>;
};
type A = { account: string };
type AA = { account: string; activity: string };
type AM = { account: string; material: string };
type Paging = { after?: string; limit?: number };
type S = components["schemas"];

export interface components {
  schemas: {
    Problem: Problem;
    Role: "viewer" | "member" | "owner";
    AccountState: "active" | "suspended";
    AlgorithmVersion: "natural" | "likeness";
    GrantKind: "free" | "licence" | "pack";
    MaterialStatus:
      | "in_review"
      | "passed_by_person"
      | "rejected_by_person"
      | "appealed"
      | "appeal_won"
      | "appeal_lost"
      | "passed_by_machine"
      | "rejected_by_machine";
    DemoLogin: { login: string; password: string; name: string; operator: boolean };
    About: {
      version: string;
      zone: string;
      demo: { logins: S["DemoLogin"][] } | null;
      first_operator_needed: boolean;
      contact: string;
    };
    User: { id: string; login: string; name: string; operator: boolean; has_totp: boolean };
    SessionAccount: { id: string; name: string; state: S["AccountState"]; role: S["Role"] };
    Session: { user: S["User"]; accounts: S["SessionAccount"][]; csrf: string; ends: string };
    NewSession: { login: string; password: string; code?: string };
    Totp: { secret: string; uri: string };
    Grant: {
      id: string;
      kind: S["GrantKind"];
      activity: string | null;
      total: number;
      used: number;
      bought: string;
      ends: string | null;
    };
    Account: {
      id: string;
      name: string;
      state: S["AccountState"];
      balance: string;
      owed: string;
      activity_limit: number;
      created: string;
      grants: S["Grant"][];
    };
    CallCounts: { calls: number; fused: number; failed: number };
    GrantForecast: {
      id: string;
      kind: S["GrantKind"];
      activity: string | null;
      total: number;
      used: number;
      left: number;
      ends: string | null;
      runs_out_on: string | null;
      per_day: number;
    };
    FirstStep: {
      step: "create_activity" | "add_material" | "tune" | "create_key" | "first_call" | "buy_licence";
      done: boolean;
    };
    Notice: { id: string; at: string; notice: string; title: string; text: string };
    Overview: {
      account: S["Account"];
      today: S["CallCounts"];
      month: S["CallCounts"];
      qps_peak_today: number;
      activities: number;
      materials: number;
      postpaid: { calls: number; amount_so_far: string };
      grants: S["GrantForecast"][];
      notices: S["Notice"][];
      unread: number;
      first_steps: S["FirstStep"][];
    };
    ActivityLicence: {
      package: string;
      starts: string;
      ends: string;
      window_ends: string;
      qps: number;
    };
    Activity: {
      id: string;
      name: string;
      details: string;
      algorithm: S["AlgorithmVersion"];
      quota: number;
      materials: number;
      licensed_until: string | null;
      materials_frozen_from: string | null;
      qps: number;
      free_total: number;
      free_left: number;
      licence_left: number;
      created: string;
      licence: S["ActivityLicence"] | null;
    };
    NewActivity: {
      name: string;
      details?: string;
      algorithm?: S["AlgorithmVersion"];
      quota?: number;
    };
    QpsDay: { day: string; licensed: boolean; fixed: number; upgrades: number; effective: number };
    QpsDays: { ceiling: number; days: S["QpsDay"][] };
    Box: { x: number; y: number; width: number; height: number };
    ReviewFace: { box: S["Box"]; usable: boolean; fault: string | null };
    Review: { width: number; height: number; faces: S["ReviewFace"][] };
    Material: {
      id: string;
      name: string;
      status: S["MaterialStatus"];
      status_code: number;
      usable: boolean;
      reason: string;
      faces: string[];
      review: S["Review"];
      feature_degree: number;
      shape_degree: number;
      created: string;
      updated: string;
    };
    MaterialChange: { name?: string; feature_degree?: number; shape_degree?: number };
    UpgradeRequest: { first_day: string; last_day: string; extra: number };
    Purchase:
      | { buy: "licence"; activity: string; renew: boolean; qps: S["UpgradeRequest"][] }
      | { buy: "qps"; activity: string; request: S["UpgradeRequest"] }
      | { buy: "pack"; pack: string };
    LicencePeriod: { bought: string; starts: string; ends: string; window_ends: string };
    Line:
      | {
          line: "licence";
          activity: string;
          package: string;
          qps: number;
          calls: number;
          period: S["LicencePeriod"];
          amount: string;
        }
      | { line: "qps"; activity: string; first_day: string; last_day: string; extra: number; amount: string }
      | { line: "pack"; pack: string; calls: number; ends: string; amount: string };
    Quote: { catalogue: string; lines: S["Line"][]; total: string };
    Quoted: {
      quote: S["Quote"];
      balance: string;
      balance_after: string | null;
      not_payable: ({ code: string; message: string } & Record<string, unknown>) | null;
    };
    NewOrder: { key: string; purchase: S["Purchase"]; agreed: string };
    Order: {
      id: string;
      account: string;
      key: string;
      purchase: S["Purchase"];
      quote: S["Quote"];
      paid: string;
    };
    PaidOrder: S["Order"] & { balance: string; repeated: boolean };
    Named: { zh: string; en: string };
    LicencePackage: {
      id: string;
      name: S["Named"];
      calls: number;
      qps: number;
      materials: number;
      update_days: number;
      valid_days: number;
      price: string;
    };
    Pack: { id: string; calls: number; valid_days: number; price: string };
    Tier: { first: number; last: number | null; unit_price: string };
    Catalogue: {
      version: string;
      contact: string;
      free: { calls: number; qps: number };
      licences: S["LicencePackage"][];
      qps_upgrade: { step: number; price: string; ceiling: number; window_days: number };
      packs: S["Pack"][];
      postpaid: S["Tier"][];
    };
    Need: {
      calls_per_month: number;
      peak_qps: number;
      materials: number;
      months: number;
      peak_days: number;
    };
    PlanMonth: {
      month: number;
      free: number;
      licence: number;
      packs: number;
      postpaid: number;
      bill: { calls: number; tier: S["Tier"]; exact: string; amount: string } | null;
    };
    Plan: {
      licence: S["LicencePackage"] | null;
      qps: { fixed: number; extra: number; days: number; cost: string } | null;
      packs: { pack: S["Pack"]; count: number; cost: string }[];
      months: S["PlanMonth"][];
      postpaid: string;
      total: string;
      reasons: (Record<string, unknown> & { text?: string })[];
    };
    Plans: {
      need: S["Need"];
      catalogue: string;
      plans: S["Plan"][];
      warnings: (Record<string, unknown> & { text?: string })[];
    };
    UsageSeries: { key: string; label: string; calls: number[] };
    Usage: { periods: string[]; series: S["UsageSeries"][] };
    Movement: {
      transfer: number;
      at: string;
      kind: string;
      key: string;
      note: string;
      amount: string;
      balance: string;
    };
    Bill: {
      id: string;
      account: string;
      month: string;
      catalogue: string;
      calls: number;
      amount: string;
      drawn: string;
      paid: string | null;
    };
    SecretKey: {
      secret_id: string;
      label: string;
      state: "enabled" | "disabled" | "deleted";
      created: string;
      pays: string | null;
    };
    NewKey: { secret_id: string; secret_key: string; label: string };
    Webhook: { id: string; url: string; created: string };
    NewWebhook: { id: string; url: string; secret: string };
    Delivery: {
      id: string;
      notice: string;
      state: string;
      attempts: number;
      last_status: number | null;
      last_error: string | null;
      created: string;
      next: string | null;
    };
    Member: { id: string; login: string; name: string; role: S["Role"] };
    AuditLine: {
      id: string;
      at: string;
      user: string | null;
      user_name: string | null;
      account: string | null;
      action: string;
      subject: string;
      detail: string;
    };
    ExplorerCall: {
      secret_id: string;
      action: string;
      version: string;
      body: string;
      language: string;
    };
    ExplorerAnswer: {
      request: {
        method: string;
        url: string;
        headers: [string, string][];
        body: string;
        canonical_request: string;
        string_to_sign: string;
      };
      response: { status: number; headers: [string, string][]; body: string; ms: number };
    };
    Campaign: {
      slug: string;
      title: string;
      published: boolean;
      colour: string;
      consent_text: string;
      share_title: string;
      share_text: string;
      has_cover: boolean;
    } & Record<string, unknown>;
    Consent: { id: string; at: string; material: string } & Record<string, unknown>;
    Review_: { material: S["Material"]; account: string; account_name: string; activity: string; activity_name: string };
    Edition: { edition: number; version: string; since: string };
    Health: {
      uptime_s: number;
      version: string;
      queue: { waiting: number; running: number; workers: number };
      stages: { stage: string; p50_ms: number; p95_ms: number; p99_ms: number }[];
      outcomes: { outcome: string; calls: number }[];
      disk: { used_bytes: number; free_bytes: number; books_bytes: number };
      load: number;
    };
    Revenue: {
      periods: string[];
      series: { kind: "licence" | "qps" | "pack" | "postpaid"; amounts: string[] }[];
      calls: number[];
      cost: string[];
      margin: string[];
    };
  };
}

export interface paths {
  "/api/v1/about": { get: PlainRead<S["About"]> };
  "/api/v1/session": {
    get: PlainRead<S["Session"]>;
    post: PlainChange<S["NewSession"], S["Session"]>;
    delete: PlainAct;
  };
  "/api/v1/session/password": { put: PlainChange<{ old: string; new: string }> };
  "/api/v1/session/name": { put: PlainChange<{ name: string }> };
  "/api/v1/session/totp": {
    post: PlainAct<S["Totp"]>;
    put: PlainChange<{ code: string }>;
    delete: PlainChange<{ password: string }>;
  };
  "/api/v1/accounts/{account}": { get: Read<A, S["Account"]> };
  "/api/v1/accounts/{account}/overview": { get: Read<A, S["Overview"]> };
  "/api/v1/accounts/{account}/activities": {
    get: Read<A, { activities: S["Activity"][] }>;
    post: Change<A, S["NewActivity"], S["Activity"]>;
  };
  "/api/v1/accounts/{account}/activities/{activity}": {
    get: Read<AA, S["Activity"]>;
    patch: Change<AA, Partial<S["NewActivity"]>, S["Activity"]>;
    delete: Act<AA>;
  };
  "/api/v1/accounts/{account}/activities/{activity}/qps": {
    get: Read<AA, S["QpsDays"], { from?: string; days?: number }>;
  };
  "/api/v1/accounts/{account}/activities/{activity}/materials": {
    get: Read<
      AA,
      { materials: S["Material"][] },
      { state?: "usable" | "waiting" | "refused"; sort?: "newest" | "oldest" | "name" }
    >;
  };
  "/api/v1/accounts/{account}/materials/{material}": {
    get: Read<AM, S["Material"]>;
    patch: Change<AM, S["MaterialChange"], S["Material"]>;
    delete: Act<AM>;
  };
  "/api/v1/accounts/{account}/materials/{material}/appeal": {
    post: Change<AM, { reason: string }, S["Material"]>;
  };
  "/api/v1/accounts/{account}/quotes": { post: Change<A, { purchase: S["Purchase"] }, S["Quoted"]> };
  "/api/v1/accounts/{account}/orders": {
    get: Read<A, { orders: S["Order"][] }, { from?: string; to?: string }>;
    post: Change<A, S["NewOrder"], S["PaidOrder"]>;
  };
  "/api/v1/accounts/{account}/plan": { post: Change<A, S["Need"], S["Plans"]> };
  "/api/v1/accounts/{account}/catalogue": { get: Read<A, S["Catalogue"]> };
  "/api/v1/accounts/{account}/usage": {
    get: Read<
      A,
      S["Usage"],
      {
        from?: string;
        to?: string;
        by?: "hour" | "day" | "month";
        split?: "none" | "activity" | "charged_to" | "outcome";
      }
    >;
  };
  "/api/v1/accounts/{account}/ledger": {
    get: Read<A, { movements: S["Movement"][]; next: string | null }, Paging>;
  };
  "/api/v1/accounts/{account}/grants": { get: Read<A, { grants: S["Grant"][] }> };
  "/api/v1/accounts/{account}/bills": { get: Read<A, { bills: S["Bill"][] }> };
  "/api/v1/accounts/{account}/statements/{month}": {
    get: Read<{ account: string; month: string }, Record<string, unknown>>;
  };
  "/api/v1/accounts/{account}/keys": {
    get: Read<A, { keys: S["SecretKey"][] }>;
    post: Change<A, { label: string }, S["NewKey"]>;
  };
  "/api/v1/accounts/{account}/keys/{secret_id}": {
    patch: Change<
      { account: string; secret_id: string },
      { state?: "enabled" | "disabled"; label?: string; pays?: string | null },
      S["SecretKey"]
    >;
    delete: Act<{ account: string; secret_id: string }>;
  };
  "/api/v1/accounts/{account}/webhooks": {
    get: Read<A, { webhooks: S["Webhook"][] }>;
    post: Change<A, { url: string }, S["NewWebhook"]>;
  };
  "/api/v1/accounts/{account}/webhooks/{id}": { delete: Act<{ account: string; id: string }> };
  "/api/v1/accounts/{account}/webhooks/{id}/test": {
    post: Act<{ account: string; id: string }, S["Delivery"]>;
  };
  "/api/v1/accounts/{account}/webhooks/{id}/deliveries": {
    get: Read<{ account: string; id: string }, { deliveries: S["Delivery"][] }>;
  };
  "/api/v1/accounts/{account}/deliveries/{id}/retry": { post: Act<{ account: string; id: string }> };
  "/api/v1/accounts/{account}/notices": {
    get: Read<A, { notices: S["Notice"][]; unread: number; next: string | null }, Paging>;
  };
  "/api/v1/accounts/{account}/notices/seen": { put: Change<A, { notice: string }> };
  "/api/v1/accounts/{account}/members": {
    get: Read<A, { members: S["Member"][] }>;
    post: Change<
      A,
      { login: string; name?: string; role: S["Role"] },
      { member: S["Member"]; password: string | null }
    >;
  };
  "/api/v1/accounts/{account}/members/{user}": {
    patch: Change<{ account: string; user: string }, { role: S["Role"] }, S["Member"]>;
    delete: Act<{ account: string; user: string }>;
  };
  "/api/v1/accounts/{account}/audit": {
    get: Read<A, { audit: S["AuditLine"][]; next: string | null }, Paging>;
  };
  "/api/v1/accounts/{account}/explorer": { post: Change<A, S["ExplorerCall"], S["ExplorerAnswer"]> };
  "/api/v1/accounts/{account}/activities/{activity}/campaign": {
    get: Read<AA, S["Campaign"]>;
    put: Change<AA, Partial<S["Campaign"]>, S["Campaign"]>;
  };
  "/api/v1/accounts/{account}/activities/{activity}/campaign/cover": { delete: Act<AA> };
  "/api/v1/accounts/{account}/activities/{activity}/campaign/published": {
    put: Change<AA, { published: boolean }, S["Campaign"]>;
  };
  "/api/v1/accounts/{account}/activities/{activity}/campaign/consents": {
    get: Read<AA, { consents: S["Consent"][]; next: string | null }, Paging>;
  };
  "/api/v1/operator/accounts": {
    get: PlainRead<{ accounts: S["Account"][] }>;
    post: PlainChange<{ name: string }, S["Account"]>;
  };
  "/api/v1/operator/accounts/{account}": {
    get: Read<A, S["Account"]>;
    patch: Change<A, { state?: S["AccountState"]; activity_limit?: number }, S["Account"]>;
  };
  "/api/v1/operator/accounts/{account}/top-ups": {
    post: Change<
      A,
      { key: string; amount: string; note: string },
      { amount: string; balance: string; bills_paid: string[]; repeated: boolean }
    >;
  };
  "/api/v1/operator/accounts/{account}/exemption": {
    get: Read<A, { exemption: { reason: string; ends: string | null } | null }>;
    put: Change<A, { reason: string; ends?: string }>;
    delete: Act<A>;
  };
  "/api/v1/operator/users": {
    get: PlainRead<{ users: (S["User"] & { state: string })[] }>;
    post: PlainChange<{ login: string; name: string; operator?: boolean }, { user: S["User"]; password: string }>;
  };
  "/api/v1/operator/users/{user}": {
    patch: Change<{ user: string }, { state?: string; name?: string }>;
  };
  "/api/v1/operator/users/{user}/password": { post: Act<{ user: string }, { password: string }> };
  "/api/v1/operator/reviews": {
    get: PlainRead<
      { reviews: S["Review_"][]; next: string | null },
      Paging & { state?: "appealed" | "refused" | "all" }
    >;
  };
  "/api/v1/operator/reviews/{material}": {
    post: Change<{ material: string }, { approve: boolean; reason: string }, S["Material"]>;
  };
  "/api/v1/operator/catalogue": {
    get: PlainRead<{ editions: S["Edition"][]; text: string; catalogue: S["Catalogue"] }>;
    post: PlainChange<{ text: string }, S["Edition"]>;
  };
  "/api/v1/operator/catalogue/check": {
    post: PlainChange<
      { text: string },
      {
        valid: boolean;
        faults: { path: string; line?: number; message: string }[];
        diff: { path: string; before: string | null; after: string | null }[];
      }
    >;
  };
  "/api/v1/operator/revenue": {
    get: PlainRead<S["Revenue"], { from?: string; to?: string; by?: "day" | "month" }>;
  };
  "/api/v1/operator/costs": {
    get: PlainRead<{ per_million_calls: string }>;
    put: PlainChange<{ per_million_calls: string }>;
  };
  "/api/v1/operator/health": { get: PlainRead<S["Health"]> };
  "/api/v1/operator/audit": {
    get: PlainRead<
      { audit: S["AuditLine"][]; next: string | null },
      Paging & { account?: string; user?: string; action?: string }
    >;
  };
}
export type operations = Record<string, never>;
export type webhooks = Record<string, never>;
