export const KEYS = "/api/v1/accounts/{account}/keys";
export const KEY = "/api/v1/accounts/{account}/keys/{secret_id}";
