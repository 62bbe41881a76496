-- What accounts and their mail need.
ALTER TABLE accounts ADD COLUMN email_confirmed_at TEXT;
--bun:split
ALTER TABLE accounts ADD COLUMN new_email TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE accounts ADD COLUMN password_given INTEGER NOT NULL DEFAULT 0;
--bun:split
CREATE UNIQUE INDEX accounts_confirmed ON accounts (lower(email)) WHERE email_confirmed_at IS NOT NULL;
--bun:split
CREATE TABLE invitations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	made_by INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	email TEXT NOT NULL,
	group_id INTEGER REFERENCES groups (id) ON DELETE CASCADE,
	created_at TEXT NOT NULL,
	expires_at TEXT NOT NULL
) STRICT;
--bun:split
CREATE INDEX invitations_made_by ON invitations (made_by);
--bun:split
CREATE INDEX invitations_group ON invitations (group_id);
--bun:split
CREATE TABLE links (
	hash BLOB PRIMARY KEY,
	kind TEXT NOT NULL,
	account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
	invitation_id INTEGER REFERENCES invitations (id) ON DELETE CASCADE,
	email TEXT NOT NULL,
	expires_at TEXT NOT NULL
) STRICT;
--bun:split
CREATE INDEX links_account ON links (account_id, kind);
--bun:split
CREATE INDEX links_invitation ON links (invitation_id);
--bun:split
CREATE INDEX links_expires_at ON links (expires_at);
--bun:split
CREATE TABLE mails (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL,
	account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
	invitation_id INTEGER REFERENCES invitations (id) ON DELETE CASCADE,
	recipient TEXT NOT NULL,
	detail TEXT NOT NULL,
	base TEXT NOT NULL,
	remote_addr TEXT NOT NULL,
	created_at TEXT NOT NULL,
	expires_at TEXT NOT NULL,
	next_at TEXT,
	attempts INTEGER NOT NULL,
	sent_at TEXT
) STRICT;
--bun:split
CREATE INDEX mails_next_at ON mails (next_at) WHERE next_at IS NOT NULL;
--bun:split
CREATE INDEX mails_sent_at ON mails (lower(recipient), kind, sent_at) WHERE sent_at IS NOT NULL;
--bun:split
CREATE INDEX mails_account ON mails (account_id);
--bun:split
CREATE INDEX mails_invitation ON mails (invitation_id);
--bun:split
CREATE TABLE sign_ins (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	client TEXT NOT NULL,
	remote_addr TEXT NOT NULL,
	created_at TEXT NOT NULL,
	seen_at TEXT NOT NULL
) STRICT;
--bun:split
CREATE INDEX sign_ins_user ON sign_ins (user_id, seen_at);
