//! The use cases: calls, materials, orders, months.
