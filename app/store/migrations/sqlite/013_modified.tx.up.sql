-- When the index last changed for those who see less than all of it, so that what
-- they are told shows nothing of what they may not see.
ALTER TABLE accounts ADD COLUMN public_at TEXT;
--bun:split
ALTER TABLE accounts ADD COLUMN authenticated_at TEXT;
--bun:split
UPDATE accounts SET public_at = indexed_at, authenticated_at = indexed_at;
