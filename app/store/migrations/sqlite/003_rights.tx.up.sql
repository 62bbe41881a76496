-- What groups and collaborators may do to single packages.
CREATE TABLE group_packages (
	group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	created_at TEXT NOT NULL,
	PRIMARY KEY (group_id, package_id)
) STRICT, WITHOUT ROWID;
--bun:split
CREATE INDEX group_packages_package ON group_packages (package_id);
--bun:split
CREATE TABLE collaborators (
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	permission INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	PRIMARY KEY (package_id, user_id)
) STRICT, WITHOUT ROWID;
--bun:split
CREATE INDEX collaborators_user ON collaborators (user_id);
