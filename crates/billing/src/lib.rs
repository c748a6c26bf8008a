//! Catalogue, grants, rating, ledger: which call is paid by what, exactly.
