-- What people wrote of a package themselves, which its files do not change, and the
-- small pictures of notebooks.
ALTER TABLE packages ADD COLUMN edited TEXT NOT NULL DEFAULT '[]';
--bun:split
CREATE TABLE thumbnails (
	package_id INTEGER PRIMARY KEY REFERENCES packages (id) ON DELETE CASCADE,
	sha256 TEXT NOT NULL,
	image BLOB NOT NULL
) STRICT;
