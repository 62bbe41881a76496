-- Downloads of a package by day, and whether somebody has published it in the sense of
-- older clients.
CREATE TABLE downloads (
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	day TEXT NOT NULL,
	count INTEGER NOT NULL,
	PRIMARY KEY (package_id, day)
) STRICT, WITHOUT ROWID;
--bun:split
ALTER TABLE packages ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
