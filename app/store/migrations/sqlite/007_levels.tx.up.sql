-- A group may have another permission on a single package than its own, which is
-- 0 here.
ALTER TABLE group_packages ADD COLUMN permission INTEGER NOT NULL DEFAULT 0;
--bun:split
-- A line is its account's, not its login's: a login may change hands.
ALTER TABLE audit ADD COLUMN account_id INTEGER;
--bun:split
UPDATE audit SET account_id = (SELECT id FROM accounts WHERE login = audit.account);
--bun:split
CREATE INDEX audit_account_id ON audit (account_id, at);
