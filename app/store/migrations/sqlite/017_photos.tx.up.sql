-- Pictures of accounts: sent by themselves, whose digest stands beside the account
-- too, or fetched for the digest of an address.
ALTER TABLE accounts ADD COLUMN photo TEXT NOT NULL DEFAULT '';
--bun:split
CREATE TABLE photos (
	account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
	sha256 TEXT NOT NULL,
	image BLOB NOT NULL,
	fetched_for TEXT NOT NULL DEFAULT '',
	fetched_at TEXT
) STRICT;
