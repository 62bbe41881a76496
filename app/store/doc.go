// Package store keeps the nouns of model in a database and is the only package
// that speaks SQL. It decides nothing: which package an actor may see comes in
// as a Sight, and what may be changed is settled before store is asked.
//
// SQLite has one writer connection, whose transactions are immediate, and a pool
// of readers that cannot write. A *Store handed to the function of InTx or
// InReadTx does everything in that transaction; using the outer Store to write
// inside InTx would wait for itself.
//
// Outside transactions the rows that every request asks for are remembered until
// anything is committed by whichever process, which is looked at on every call: an
// answer is never older than the call. Those that a transaction of this process cannot
// have changed outlive its commit.
//
// Times are kept in UTC with microseconds. Nothing found is model.NotFound and a
// name that is taken is model.Conflict, both naming their subject; every list
// states its order.
package store
