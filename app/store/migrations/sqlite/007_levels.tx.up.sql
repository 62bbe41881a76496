-- A group may have another permission on a single package than its own, which is
-- 0 here.
ALTER TABLE group_packages ADD COLUMN permission INTEGER NOT NULL DEFAULT 0;
