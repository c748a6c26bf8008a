use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::Moment;

/// A user's session. Its token is not in the books, only what it hashes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginSession {
    /// The SHA-256 of its token.
    pub digest: [u8; 32],
    /// Whose.
    pub user: u64,
    /// What changes must be sent with.
    pub csrf: String,
    /// When it began.
    pub created: Moment,
    /// When something was last done with it.
    pub seen: Moment,
    /// When it ends at the latest.
    pub ends: Moment,
}

fn session(row: &dyn Row) -> Result<LoginSession, StoreError> {
    Ok(LoginSession {
        digest: read::array(row, 0)?,
        user: read::count(row, 1)?,
        csrf: read::text(row, 2)?,
        created: read::moment(row, 3)?,
        seen: read::moment(row, 4)?,
        ends: read::moment(row, 5)?,
    })
}

impl Records<'_> {
    /// Adds a session.
    pub fn add_session(&mut self, session: &LoginSession) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO login_session (token, user_id, csrf, created, seen, ends)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                Value::Bytes(&session.digest),
                integer(session.user),
                Value::Text(&session.csrf),
                time(session.created),
                time(session.seen),
                time(session.ends),
            ],
        )?;
        Ok(())
    }

    /// A session by the SHA-256 of its token, whether or not it has ended.
    pub fn session(&mut self, digest: &[u8; 32]) -> Result<Option<LoginSession>, StoreError> {
        self.row(
            "SELECT token, user_id, csrf, created, seen, ends FROM login_session WHERE token = $1",
            &[Value::Bytes(digest)],
            session,
        )
    }

    /// Notes that something was done with a session.
    pub fn touch_session(&mut self, digest: &[u8; 32], seen: Moment) -> Result<(), StoreError> {
        let sql = "UPDATE login_session SET seen = $1 WHERE token = $2";
        self.execute(sql, &[time(seen), Value::Bytes(digest)])?;
        Ok(())
    }

    /// Ends a session.
    pub fn end_session(&mut self, digest: &[u8; 32]) -> Result<(), StoreError> {
        let sql = "DELETE FROM login_session WHERE token = $1";
        self.execute(sql, &[Value::Bytes(digest)])?;
        Ok(())
    }

    /// Ends all sessions of a user but one.
    pub fn end_sessions_of(
        &mut self,
        user: u64,
        but: Option<&[u8; 32]>,
    ) -> Result<u64, StoreError> {
        let kept = but.map_or(&[][..], |digest| &digest[..]);
        let sql = "DELETE FROM login_session WHERE user_id = $1 AND token <> $2";
        self.execute(sql, &[integer(user), Value::Bytes(kept)])
    }

    /// Drops sessions that ended before now, or with which nothing was done since a moment.
    pub fn drop_ended_sessions(
        &mut self,
        now: Moment,
        unseen_since: Moment,
    ) -> Result<u64, StoreError> {
        let sql = "DELETE FROM login_session WHERE ends <= $1 OR seen <= $2";
        self.execute(sql, &[time(now), time(unseen_since)])
    }
}
