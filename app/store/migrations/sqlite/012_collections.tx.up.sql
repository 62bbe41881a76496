-- Collections: packages of any account under one name.
CREATE TABLE collections (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	access TEXT NOT NULL CHECK (access IN ('public', 'authenticated', 'private')),
	description TEXT NOT NULL,
	created_at TEXT NOT NULL,
	modified_at TEXT NOT NULL,
	UNIQUE (account_id, name)
) STRICT;
--bun:split
CREATE TABLE collection_packages (
	collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	added_at TEXT NOT NULL,
	PRIMARY KEY (collection_id, package_id)
) STRICT, WITHOUT ROWID;
--bun:split
CREATE INDEX collection_packages_package ON collection_packages (package_id);
