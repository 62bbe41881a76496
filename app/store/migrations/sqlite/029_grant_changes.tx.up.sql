-- How often it has changed who is granted which single packages of an account, so
-- that what was read of that can be kept until then. When a group or a package goes,
-- what hangs on it goes after it, without a way to the account any more.
ALTER TABLE accounts ADD COLUMN grant_changes INTEGER NOT NULL DEFAULT 0;
--bun:split
CREATE TRIGGER grants_add_member AFTER INSERT ON group_members BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT organization_id FROM groups WHERE id = NEW.group_id);
END;
--bun:split
CREATE TRIGGER grants_remove_member AFTER DELETE ON group_members BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT organization_id FROM groups WHERE id = OLD.group_id);
END;
--bun:split
CREATE TRIGGER grants_add_package AFTER INSERT ON group_packages BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT organization_id FROM groups WHERE id = NEW.group_id);
END;
--bun:split
CREATE TRIGGER grants_remove_package AFTER DELETE ON group_packages BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT organization_id FROM groups WHERE id = OLD.group_id);
END;
--bun:split
CREATE TRIGGER grants_delete_group AFTER DELETE ON groups BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = OLD.organization_id;
END;
--bun:split
CREATE TRIGGER grants_add_collaborator AFTER INSERT ON collaborators BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT account_id FROM packages WHERE id = NEW.package_id);
END;
--bun:split
CREATE TRIGGER grants_remove_collaborator AFTER DELETE ON collaborators BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT account_id FROM packages WHERE id = OLD.package_id);
END;
--bun:split
CREATE TRIGGER grants_delete_package AFTER DELETE ON packages BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = OLD.account_id;
END;
--bun:split
CREATE TRIGGER grants_move_package AFTER UPDATE OF account_id ON packages BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = OLD.account_id OR id = NEW.account_id;
END;
