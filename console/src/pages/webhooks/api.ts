export const WEBHOOKS = "/api/v1/accounts/{account}/webhooks";
export const WEBHOOK = "/api/v1/accounts/{account}/webhooks/{webhook}";
export const TEST = "/api/v1/accounts/{account}/webhooks/{webhook}/test";
export const DELIVERIES = "/api/v1/accounts/{account}/webhooks/{webhook}/deliveries";
export const RETRY = "/api/v1/accounts/{account}/deliveries/{delivery}/retry";
