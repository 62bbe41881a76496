-- What an index needs to follow changes file by file, and what a file and a
-- project can be beside being there: yanked, patched, archived.
ALTER TABLE index_changes ADD COLUMN file TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE files ADD COLUMN yanked_at TEXT;
--bun:split
ALTER TABLE files ADD COLUMN yank_reason TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE files ADD COLUMN original_record TEXT;
--bun:split
ALTER TABLE files ADD COLUMN patch TEXT;
--bun:split
ALTER TABLE files ADD COLUMN patch_author TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE files ADD COLUMN patch_reason TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE files ADD COLUMN patched_at TEXT;
--bun:split
ALTER TABLE files ADD COLUMN indexed_at TEXT;
--bun:split
UPDATE files SET indexed_at = uploaded_at;
--bun:split
ALTER TABLE packages ADD COLUMN status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived', 'deprecated', 'quarantined'));
--bun:split
ALTER TABLE packages ADD COLUMN status_reason TEXT NOT NULL DEFAULT '';
--bun:split
CREATE TABLE notices (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	uid TEXT NOT NULL UNIQUE,
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	message TEXT NOT NULL,
	level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'critical')),
	status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'archived')),
	author TEXT NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	expires_at TEXT NOT NULL
) STRICT;
--bun:split
CREATE INDEX notices_account ON notices (account_id, created_at);
