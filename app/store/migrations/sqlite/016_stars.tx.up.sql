-- What people starred.
CREATE TABLE stars (
	user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	created_at TEXT NOT NULL,
	PRIMARY KEY (user_id, package_id)
) STRICT, WITHOUT ROWID;
--bun:split
CREATE INDEX stars_package ON stars (package_id);
--bun:split
-- Who was put into a group by somebody else is told so until they dismiss it.
CREATE TABLE news (
	user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
	author TEXT NOT NULL,
	created_at TEXT NOT NULL,
	PRIMARY KEY (user_id, group_id)
) STRICT, WITHOUT ROWID;
--bun:split
CREATE INDEX news_group ON news (group_id);
