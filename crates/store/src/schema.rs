//! The tables, as the steps that lead to them. A step that was released is never changed.

use crate::StoreError;
use crate::sql::Dialect;

/// Each step's statements; the number of steps done is the format of a database.
const STEPS: [&[&str]; 2] = [BOOKS, CONSOLE];

/// Accounts, what they hold, what they called.
const BOOKS: &[&str] = &[
    "CREATE TABLE sequence (name TEXT NOT NULL PRIMARY KEY, last {int} NOT NULL) {clustered}",
    "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value {bytes} NOT NULL) {clustered}",
    "CREATE TABLE catalogue (
        edition {int} NOT NULL PRIMARY KEY, version TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
        since {int} NOT NULL) {clustered}",
    "CREATE TABLE account (
        id {int} NOT NULL PRIMARY KEY, name TEXT NOT NULL, state {int} NOT NULL,
        activity_limit {int}, created {int} NOT NULL, data_key {bytes} NOT NULL) {clustered}",
    "CREATE TABLE api_key (
        secret_id TEXT NOT NULL PRIMARY KEY, account {int} NOT NULL REFERENCES account (id),
        sealed {bytes} NOT NULL, label TEXT NOT NULL, state {int} NOT NULL, created {int} NOT NULL) {clustered}",
    "CREATE INDEX api_key_account ON api_key (account)",
    "CREATE TABLE activity (
        id {int} NOT NULL PRIMARY KEY, account {int} NOT NULL REFERENCES account (id),
        name TEXT NOT NULL, details TEXT NOT NULL, algorithm TEXT NOT NULL, quota {int} NOT NULL,
        created {int} NOT NULL, deleted {int}) {clustered}",
    "CREATE INDEX activity_account ON activity (account)",
    "CREATE TABLE material (
        serial {int} NOT NULL PRIMARY KEY, activity {int} NOT NULL REFERENCES activity (id),
        number {int} NOT NULL, name TEXT NOT NULL, object TEXT NOT NULL, status {int} NOT NULL,
        review TEXT NOT NULL, reason TEXT NOT NULL, feature_degree {int} NOT NULL,
        shape_degree {int} NOT NULL, created {int} NOT NULL, updated {int} NOT NULL,
        deleted {int}, UNIQUE (activity, number)) {clustered}",
    "CREATE TABLE purchase (
        id {int} NOT NULL PRIMARY KEY, account {int} NOT NULL REFERENCES account (id),
        order_key TEXT NOT NULL, purchase TEXT NOT NULL, quote TEXT NOT NULL, total {int} NOT NULL,
        paid {int} NOT NULL, UNIQUE (account, order_key)) {clustered}",
    "CREATE TABLE licence (
        id {int} NOT NULL PRIMARY KEY, activity {int} NOT NULL REFERENCES activity (id),
        purchase {int} NOT NULL REFERENCES purchase (id), package TEXT NOT NULL, qps {int} NOT NULL,
        bought {int} NOT NULL, starts {int} NOT NULL, ends {int} NOT NULL,
        window_ends {int} NOT NULL, CHECK (starts < ends)) {clustered}",
    "CREATE INDEX licence_activity ON licence (activity)",
    "CREATE TABLE qps_upgrade (
        id {int} NOT NULL PRIMARY KEY, activity {int} NOT NULL REFERENCES activity (id),
        purchase {int} NOT NULL REFERENCES purchase (id), first_day TEXT NOT NULL,
        last_day TEXT NOT NULL, extra {int} NOT NULL, CHECK (extra > 0)) {clustered}",
    "CREATE INDEX qps_upgrade_activity ON qps_upgrade (activity)",
    "CREATE TABLE call_grant (
        id {int} NOT NULL PRIMARY KEY, account {int} NOT NULL REFERENCES account (id),
        kind {int} NOT NULL, activity {int} REFERENCES activity (id),
        purchase {int} REFERENCES purchase (id), total {int} NOT NULL, used {int} NOT NULL,
        bought {int} NOT NULL, ends {int}, CHECK (used >= 0 AND used <= total)) {clustered}",
    "CREATE INDEX call_grant_owner ON call_grant (account, activity)",
    "CREATE TABLE transfer (
        id {int} NOT NULL PRIMARY KEY, account {int} NOT NULL REFERENCES account (id),
        kind TEXT NOT NULL, transfer_key TEXT NOT NULL, note TEXT NOT NULL, at {int} NOT NULL,
        UNIQUE (account, kind, transfer_key)) {clustered}",
    "CREATE TABLE ledger_entry (
        transfer {int} NOT NULL REFERENCES transfer (id), line {int} NOT NULL,
        ledger_account TEXT NOT NULL, amount {int} NOT NULL, PRIMARY KEY (transfer, line)) {clustered}",
    "CREATE INDEX ledger_entry_account ON ledger_entry (ledger_account, transfer)",
    "CREATE TABLE ledger_balance (ledger_account TEXT NOT NULL PRIMARY KEY, amount {int} NOT NULL) {clustered}",
    "CREATE TABLE call_chain (
        account {int} NOT NULL PRIMARY KEY REFERENCES account (id), last_seq {int} NOT NULL,
        head {bytes} NOT NULL, last_at {int} NOT NULL) {clustered}",
    "CREATE TABLE call_log (
        account {int} NOT NULL, seq {int} NOT NULL, id {bytes} NOT NULL, at {int} NOT NULL,
        activity {int} NOT NULL, serial {int} NOT NULL, number {int} NOT NULL,
        outcome {int} NOT NULL, payer {int} NOT NULL, digest {bytes} NOT NULL,
        PRIMARY KEY (account, seq)) {clustered}",
    "CREATE TABLE call_token (
        day {int} NOT NULL, account {int} NOT NULL, token {bytes} NOT NULL, body {bytes} NOT NULL,
        seq {int} NOT NULL, PRIMARY KEY (day, account, token)) {clustered}",
    "CREATE TABLE usage_hour (
        account {int} NOT NULL, hour {int} NOT NULL, activity {int} NOT NULL, payer {int} NOT NULL,
        outcome {int} NOT NULL, calls {int} NOT NULL,
        PRIMARY KEY (account, hour, activity, payer, outcome)) {clustered}",
    "CREATE TABLE postpaid_month (
        account {int} NOT NULL, month TEXT NOT NULL, calls {int} NOT NULL,
        PRIMARY KEY (account, month)) {clustered}",
    "CREATE TABLE bill (
        id {int} NOT NULL PRIMARY KEY, account {int} NOT NULL REFERENCES account (id),
        month TEXT NOT NULL, catalogue TEXT NOT NULL, calls {int} NOT NULL, amount {int} NOT NULL,
        drawn {int} NOT NULL, paid {int}, UNIQUE (account, month)) {clustered}",
    "CREATE TABLE month_closed (
        account {int} NOT NULL REFERENCES account (id), month TEXT NOT NULL, last_seq {int} NOT NULL,
        head {bytes} NOT NULL, closed {int} NOT NULL, PRIMARY KEY (account, month)) {clustered}",
    "CREATE TABLE notice (
        id {int} NOT NULL PRIMARY KEY, account {int} NOT NULL REFERENCES account (id),
        notice_key TEXT NOT NULL, body TEXT NOT NULL, at {int} NOT NULL,
        UNIQUE (account, notice_key)) {clustered}",
    "CREATE TABLE webhook (
        id {int} NOT NULL PRIMARY KEY, account {int} NOT NULL REFERENCES account (id),
        url TEXT NOT NULL, sealed {bytes} NOT NULL, created {int} NOT NULL, deleted {int}) {clustered}",
    "CREATE INDEX webhook_account ON webhook (account)",
    "CREATE TABLE delivery (
        id {int} NOT NULL PRIMARY KEY, webhook {int} NOT NULL REFERENCES webhook (id),
        notice {int} NOT NULL REFERENCES notice (id), attempts {int} NOT NULL, next_at {int},
        delivered {int}, last_error TEXT NOT NULL) {clustered}",
    "CREATE INDEX delivery_next ON delivery (next_at)",
];

/// The people who sign in, what they did, and what they set for keys, marks and campaign pages.
const CONSOLE: &[&str] = &[
    "ALTER TABLE api_key ADD COLUMN pays {int}",
    "CREATE TABLE app_user (
        id {int} NOT NULL PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        password TEXT NOT NULL, totp {bytes}, operator {int} NOT NULL, state {int} NOT NULL,
        created {int} NOT NULL) {clustered}",
    "CREATE TABLE membership (
        user_id {int} NOT NULL REFERENCES app_user (id),
        account {int} NOT NULL REFERENCES account (id), role {int} NOT NULL,
        PRIMARY KEY (user_id, account)) {clustered}",
    "CREATE INDEX membership_account ON membership (account)",
    "CREATE TABLE login_session (
        token {bytes} NOT NULL PRIMARY KEY, user_id {int} NOT NULL REFERENCES app_user (id),
        csrf TEXT NOT NULL, created {int} NOT NULL, seen {int} NOT NULL, ends {int} NOT NULL) {clustered}",
    "CREATE INDEX login_session_user ON login_session (user_id)",
    "CREATE TABLE audit (
        id {int} NOT NULL PRIMARY KEY, at {int} NOT NULL, user_id {int}, account {int},
        action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL) {clustered}",
    "CREATE INDEX audit_account ON audit (account, id)",
    "CREATE TABLE label_exemption (
        account {int} NOT NULL PRIMARY KEY REFERENCES account (id), reason TEXT NOT NULL,
        user_id {int}, since {int} NOT NULL, ends {int}) {clustered}",
    "CREATE TABLE notice_seen (
        user_id {int} NOT NULL REFERENCES app_user (id),
        account {int} NOT NULL REFERENCES account (id), notice {int} NOT NULL,
        PRIMARY KEY (user_id, account)) {clustered}",
    "CREATE TABLE campaign (
        activity {int} NOT NULL PRIMARY KEY REFERENCES activity (id), slug TEXT NOT NULL UNIQUE,
        published {int} NOT NULL, body TEXT NOT NULL, cover TEXT NOT NULL,
        updated {int} NOT NULL) {clustered}",
    "CREATE TABLE consent (
        id TEXT NOT NULL PRIMARY KEY, activity {int} NOT NULL REFERENCES activity (id),
        at {int} NOT NULL, text_digest {bytes} NOT NULL, visitor {bytes} NOT NULL) {clustered}",
    "CREATE INDEX consent_activity ON consent (activity, at)",
];

/// The newest format.
pub(crate) const NEWEST: i64 = STEPS.len() as i64;

/// The statements that lead from a format to the newest, each with the format it completes.
pub(crate) fn steps_from(format: i64, dialect: &Dialect) -> Result<Vec<String>, StoreError> {
    let done = usize::try_from(format)
        .ok()
        .filter(|&done| done <= STEPS.len());
    let done = done.ok_or(StoreError::Newer {
        found: format,
        known: NEWEST,
    })?;
    let statements = STEPS.iter().skip(done).flat_map(|step| step.iter());
    Ok(statements.map(|text| dialect.render(text)).collect())
}

/// The statements that lead from nothing to an older format, for tests of what leads on from there.
#[cfg(test)]
pub(crate) fn steps_to(format: usize, dialect: &Dialect) -> Vec<String> {
    let statements = STEPS.iter().take(format).flat_map(|step| step.iter());
    statements.map(|text| dialect.render(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_format_is_refused_by_name() {
        let dialect = Dialect {
            integer: "BIGINT",
            bytes: "BYTEA",
            clustered: "",
        };
        assert!(steps_from(NEWEST, &dialect).unwrap().is_empty());
        for format in [NEWEST + 1, -1] {
            let refused = steps_from(format, &dialect);
            assert!(matches!(refused, Err(StoreError::Newer { .. })), "{format}");
        }
        let all = steps_from(0, &dialect).unwrap().concat();
        assert!(all.contains("BYTEA") && !all.contains('{'));
    }
}
