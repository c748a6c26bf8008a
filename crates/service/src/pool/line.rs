use std::collections::{HashMap, VecDeque};

/// A line for each group; the lines take turns.
pub(super) struct Lines<T> {
    lines: HashMap<u64, VecDeque<T>>,
    /// The groups that have something, in the order of their turns.
    turns: VecDeque<u64>,
    len: usize,
}

impl<T> Default for Lines<T> {
    fn default() -> Lines<T> {
        Lines {
            lines: HashMap::new(),
            turns: VecDeque::new(),
            len: 0,
        }
    }
}

impl<T> Lines<T> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn push(&mut self, group: u64, item: T) {
        let line = self.lines.entry(group).or_default();
        if line.is_empty() {
            self.turns.push_back(group);
        }
        line.push_back(item);
        self.len += 1;
    }

    /// Groups that have something.
    pub(super) fn groups(&self) -> usize {
        self.turns.len()
    }

    /// Whether a group has something.
    pub(super) fn has(&self, group: u64) -> bool {
        self.lines.contains_key(&group)
    }

    /// The first of the line whose turn it is, and its group; lines of groups that may not have a turn now keep
    /// their places.
    pub(super) fn pop(&mut self, may: impl Fn(u64) -> bool) -> Option<(u64, T)> {
        let place = self.turns.iter().position(|&group| may(group))?;
        let group = self.turns.remove(place)?;
        let line = self.lines.get_mut(&group)?;
        let item = line.pop_front()?;
        if line.is_empty() {
            self.lines.remove(&group);
        } else {
            self.turns.push_back(group);
        }
        self.len -= 1;
        Some((group, item))
    }

    /// How many would come before a new item of a group.
    pub(super) fn before(&self, group: u64) -> usize {
        let own = self.lines.get(&group).map_or(0, VecDeque::len);
        let others = self.lines.iter().filter(|&(&other, _)| other != group);
        // Each other line is served at most once between two turns of this one.
        own + others
            .map(|(_, line)| line.len().min(own + 1))
            .sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_take_turns() {
        let mut lines = Lines::default();
        for item in ["a1", "a2", "a3"] {
            lines.push(1, item);
        }
        assert_eq!((lines.before(2), lines.before(1)), (1, 3));
        lines.push(2, "b1");
        assert_eq!(lines.before(2), 3);
        let order: Vec<_> = std::iter::from_fn(|| lines.pop(|_| true)).collect();
        assert_eq!(order, [(1, "a1"), (2, "b1"), (1, "a2"), (1, "a3")]);
        assert_eq!(lines.len(), 0);
        assert!(lines.lines.is_empty());
    }

    #[test]
    fn who_may_not_have_a_turn_keeps_its_place() {
        let mut lines = Lines::default();
        for (group, item) in [(1, "a1"), (2, "b1"), (2, "b2"), (3, "c1")] {
            lines.push(group, item);
        }
        assert_eq!(lines.groups(), 3);
        assert_eq!(lines.pop(|group| group != 1), Some((2, "b1")));
        assert_eq!(lines.pop(|_| false), None);
        assert!(lines.has(2));
        let order: Vec<_> = std::iter::from_fn(|| lines.pop(|_| true)).collect();
        assert_eq!(order, [(1, "a1"), (3, "c1"), (2, "b2")]);
        assert!(!lines.has(2));
    }
}
