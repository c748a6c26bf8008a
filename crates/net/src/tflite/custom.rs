//! MediaPipe's own operators.

use super::Reader;
use super::operators::Operator;
use crate::LoadError;
use crate::graph::{Budget, Op};

/// The operator called `name` and how many run-time inputs it has.
pub(super) fn read<'a>(
    operator: &Operator<'a>,
    name: &str,
    reader: &mut Reader<'a>,
    budget: &mut Budget,
) -> Result<(Op, usize), LoadError> {
    let _ = (reader, budget, name);
    Err(operator.unsupported("this operator does not run here"))
}
