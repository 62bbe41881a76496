"""Another process that writes to the database of a site, which need not be ours.

usage: hold.py DATABASE LOGIN PACKAGE

For each line on stdin it begins a transaction, makes the line the summary of a
package, as a change of the channel's log, and prints "held". The transaction ends
with the next line, which is empty; then "committed" is printed.
"""
import sqlite3
import sys

CHANGE = """
INSERT INTO index_changes (account_id, seq, subdir, package, at)
SELECT id, seq, '', ?, (SELECT max(at) FROM index_changes WHERE account_id = id) FROM accounts WHERE login = ?
"""

database, login, package = sys.argv[1:]
connection = sqlite3.connect(database, timeout=60, isolation_level=None)
while summary := sys.stdin.readline().strip():
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE accounts SET seq = seq + 1 WHERE login = ?", (login,))
    connection.execute(
        "UPDATE packages SET summary = ? WHERE lookup_name = ? AND account_id = (SELECT id FROM accounts WHERE login = ?)",
        (summary, package, login),
    )
    connection.execute(CHANGE, (package, login))
    print("held", flush=True)
    sys.stdin.readline()
    connection.execute("COMMIT")
    print("committed", flush=True)
