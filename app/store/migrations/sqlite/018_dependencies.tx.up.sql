-- What the newest files of each package need, so that who needs a package is found
-- without reading records. accepts and platforms are empty for any.
CREATE TABLE dependencies (
	type TEXT NOT NULL,
	name TEXT NOT NULL,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	accepts TEXT NOT NULL,
	platforms TEXT NOT NULL,
	PRIMARY KEY (type, name, package_id, accepts)
) STRICT, WITHOUT ROWID;
--bun:split
CREATE INDEX dependencies_package ON dependencies (package_id);
--bun:split
-- Packages whose records are still to be read for it.
CREATE TABLE unread_dependencies (
	package_id INTEGER PRIMARY KEY REFERENCES packages (id) ON DELETE CASCADE
) STRICT;
--bun:split
INSERT INTO unread_dependencies SELECT id FROM packages;
