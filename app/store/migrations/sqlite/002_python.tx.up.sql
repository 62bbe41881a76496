-- Python files: what the simple index says of them, and the names that are
-- never given to other bytes.
ALTER TABLE files ADD COLUMN requires_python TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE files ADD COLUMN metadata_sha256 TEXT NOT NULL DEFAULT '';
--bun:split
-- A channel has one Python file of a name, whichever package holds it.
CREATE UNIQUE INDEX files_pypi ON files (account_id, basename) WHERE type = 'pypi';
--bun:split
CREATE INDEX files_metadata ON files (metadata_sha256) WHERE metadata_sha256 <> '';
--bun:split
CREATE TABLE retired_files (
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	basename TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	retired_at TEXT NOT NULL,
	PRIMARY KEY (account_id, basename)
) STRICT, WITHOUT ROWID;
