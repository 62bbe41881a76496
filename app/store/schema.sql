CREATE TABLE accounts (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	login TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('user', 'org')),
	name TEXT NOT NULL,
	email TEXT NOT NULL,
	description TEXT NOT NULL,
	company TEXT NOT NULL,
	location TEXT NOT NULL,
	url TEXT NOT NULL,
	password_hash TEXT NOT NULL,
	is_admin INTEGER NOT NULL,
	disabled INTEGER NOT NULL,
	auth_version INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	indexed_at TEXT,
	closed INTEGER NOT NULL,
	immutable INTEGER NOT NULL,
	default_access TEXT NOT NULL,
	terms_version TEXT NOT NULL,
	terms_accepted_at TEXT,
	created_at TEXT NOT NULL
, email_confirmed_at TEXT, new_email TEXT NOT NULL DEFAULT '', password_given INTEGER NOT NULL DEFAULT 0, public_at TEXT, authenticated_at TEXT, photo TEXT NOT NULL DEFAULT '', grant_changes INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX accounts_confirmed ON accounts (lower(email)) WHERE email_confirmed_at IS NOT NULL;

CREATE INDEX accounts_email ON accounts (lower(email));

CREATE TABLE audit (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at TEXT NOT NULL,
	actor TEXT NOT NULL,
	account TEXT NOT NULL,
	action TEXT NOT NULL,
	subject TEXT NOT NULL,
	detail TEXT NOT NULL,
	token_name TEXT NOT NULL,
	remote_addr TEXT NOT NULL,
	client TEXT NOT NULL
, account_id INTEGER) STRICT;

CREATE INDEX audit_account ON audit (account, at);

CREATE INDEX audit_account_id ON audit (account_id, at);

CREATE INDEX audit_actor ON audit (actor, at);

CREATE INDEX audit_at ON audit (at);

CREATE TABLE collaborators (
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	permission INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	PRIMARY KEY (package_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX collaborators_user ON collaborators (user_id);

CREATE TRIGGER grants_add_collaborator AFTER INSERT ON collaborators BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT account_id FROM packages WHERE id = NEW.package_id);
END;

CREATE TRIGGER grants_remove_collaborator AFTER DELETE ON collaborators BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT account_id FROM packages WHERE id = OLD.package_id);
END;

CREATE TABLE collection_packages (
	collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	added_at TEXT NOT NULL,
	PRIMARY KEY (collection_id, package_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX collection_packages_package ON collection_packages (package_id);

CREATE TABLE collections (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	access TEXT NOT NULL CHECK (access IN ('public', 'authenticated', 'private')),
	description TEXT NOT NULL,
	created_at TEXT NOT NULL,
	modified_at TEXT NOT NULL,
	UNIQUE (account_id, name)
) STRICT;

CREATE TABLE dependencies (
	type TEXT NOT NULL,
	name TEXT NOT NULL,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	accepts TEXT NOT NULL,
	platforms TEXT NOT NULL,
	PRIMARY KEY (type, name, package_id, accepts)
) STRICT, WITHOUT ROWID;

CREATE INDEX dependencies_package ON dependencies (package_id);

CREATE TABLE downloads (
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	day TEXT NOT NULL,
	count INTEGER NOT NULL,
	PRIMARY KEY (package_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE file_labels (
	file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
	label_id INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
	PRIMARY KEY (file_id, label_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX file_labels_label ON file_labels (label_id, file_id);

CREATE TABLE files (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
	type TEXT NOT NULL,
	basename TEXT NOT NULL,
	subdir TEXT NOT NULL,
	build TEXT NOT NULL,
	build_number INTEGER NOT NULL,
	size INTEGER NOT NULL,
	md5 TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	description TEXT NOT NULL,
	attrs TEXT,
	dependencies TEXT,
	record TEXT,
	run_exports TEXT,
	uploader TEXT NOT NULL,
	downloads INTEGER NOT NULL,
	uploaded_at TEXT NOT NULL, requires_python TEXT NOT NULL DEFAULT '', metadata_sha256 TEXT NOT NULL DEFAULT '', yanked_at TEXT, yank_reason TEXT NOT NULL DEFAULT '', original_record TEXT, patch TEXT, patch_author TEXT NOT NULL DEFAULT '', patch_reason TEXT NOT NULL DEFAULT '', patched_at TEXT, indexed_at TEXT,
	UNIQUE (release_id, basename)
) STRICT;

CREATE UNIQUE INDEX files_conda ON files (account_id, basename) WHERE type = 'conda';

CREATE INDEX files_metadata ON files (metadata_sha256) WHERE metadata_sha256 <> '';

CREATE INDEX files_newest ON files (account_id, uploaded_at);

CREATE INDEX files_package ON files (package_id);

CREATE UNIQUE INDEX files_pypi ON files (account_id, basename) WHERE type = 'pypi';

CREATE INDEX files_sha256 ON files (sha256);

CREATE INDEX files_subdir ON files (account_id, subdir, type, basename);

CREATE TABLE group_members (
	group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
	user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	created_at TEXT NOT NULL,
	PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_members_user ON group_members (user_id);

CREATE TRIGGER grants_add_member AFTER INSERT ON group_members BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT organization_id FROM groups WHERE id = NEW.group_id);
END;

CREATE TRIGGER grants_remove_member AFTER DELETE ON group_members BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT organization_id FROM groups WHERE id = OLD.group_id);
END;

CREATE TABLE group_packages (
	group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	created_at TEXT NOT NULL, permission INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (group_id, package_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_packages_package ON group_packages (package_id);

CREATE TRIGGER grants_add_package AFTER INSERT ON group_packages BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT organization_id FROM groups WHERE id = NEW.group_id);
END;

CREATE TRIGGER grants_remove_package AFTER DELETE ON group_packages BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = (SELECT organization_id FROM groups WHERE id = OLD.group_id);
END;

CREATE TABLE groups (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	organization_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	permission INTEGER NOT NULL,
	all_packages INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	UNIQUE (organization_id, name)
) STRICT;

CREATE TRIGGER grants_delete_group AFTER DELETE ON groups BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = OLD.organization_id;
END;

CREATE TABLE index_changes (
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	seq INTEGER NOT NULL,
	subdir TEXT NOT NULL,
	package TEXT NOT NULL,
	at TEXT NOT NULL, file TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (account_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	made_by INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	email TEXT NOT NULL,
	group_id INTEGER REFERENCES groups (id) ON DELETE CASCADE,
	created_at TEXT NOT NULL,
	expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX invitations_group ON invitations (group_id);

CREATE INDEX invitations_made_by ON invitations (made_by);

CREATE TABLE labels (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	locked INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	UNIQUE (account_id, name)
) STRICT;

CREATE TABLE links (
	hash BLOB PRIMARY KEY,
	kind TEXT NOT NULL,
	account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
	invitation_id INTEGER REFERENCES invitations (id) ON DELETE CASCADE,
	email TEXT NOT NULL,
	expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX links_account ON links (account_id, kind);

CREATE INDEX links_expires_at ON links (expires_at);

CREATE INDEX links_invitation ON links (invitation_id);

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

CREATE INDEX mails_account ON mails (account_id);

CREATE INDEX mails_invitation ON mails (invitation_id);

CREATE INDEX mails_next_at ON mails (next_at) WHERE next_at IS NOT NULL;

CREATE INDEX mails_sent_at ON mails (lower(recipient), kind, sent_at) WHERE sent_at IS NOT NULL;

CREATE TABLE news (
	user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
	author TEXT NOT NULL,
	created_at TEXT NOT NULL,
	PRIMARY KEY (user_id, group_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX news_group ON news (group_id);

CREATE TABLE notices (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	uid TEXT NOT NULL UNIQUE,
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	message TEXT NOT NULL,
	level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'critical')),
	status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'archived')),
	author TEXT NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX notices_account ON notices (account_id, created_at);

CREATE TABLE packages (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	lookup_name TEXT NOT NULL,
	normalized_name TEXT NOT NULL,
	types TEXT NOT NULL,
	access TEXT NOT NULL CHECK (access IN ('public', 'authenticated', 'private')),
	summary TEXT NOT NULL,
	description TEXT NOT NULL,
	license TEXT NOT NULL,
	license_url TEXT NOT NULL,
	license_family TEXT NOT NULL,
	home TEXT NOT NULL,
	dev_url TEXT NOT NULL,
	doc_url TEXT NOT NULL,
	source_url TEXT NOT NULL,
	created_at TEXT NOT NULL,
	modified_at TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived', 'deprecated', 'quarantined')), status_reason TEXT NOT NULL DEFAULT '', edited TEXT NOT NULL DEFAULT '[]', published INTEGER NOT NULL DEFAULT 0,
	UNIQUE (account_id, lookup_name)
) STRICT;

CREATE INDEX packages_modified_at ON packages (modified_at);

CREATE INDEX packages_normalized_name ON packages (normalized_name);

CREATE TRIGGER grants_delete_package AFTER DELETE ON packages BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = OLD.account_id;
END;

CREATE TRIGGER grants_move_package AFTER UPDATE OF account_id ON packages BEGIN
	UPDATE accounts SET grant_changes = grant_changes + 1 WHERE id = OLD.account_id OR id = NEW.account_id;
END;

CREATE TABLE photos (
	account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
	sha256 TEXT NOT NULL,
	image BLOB NOT NULL,
	fetched_for TEXT NOT NULL DEFAULT '',
	fetched_at TEXT
) STRICT;

CREATE TABLE releases (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	version TEXT NOT NULL,
	description TEXT NOT NULL,
	announce TEXT NOT NULL,
	attrs TEXT,
	requirements TEXT,
	created_at TEXT NOT NULL,
	UNIQUE (package_id, version)
) STRICT;

CREATE TABLE retired_files (
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	basename TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	retired_at TEXT NOT NULL,
	PRIMARY KEY (account_id, basename)
) STRICT, WITHOUT ROWID;

CREATE TABLE retired_logins (
	login TEXT PRIMARY KEY,
	reason TEXT NOT NULL,
	retired_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
	id_hash BLOB PRIMARY KEY,
	data BLOB NOT NULL,
	expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_expires_at ON sessions (expires_at);

CREATE TABLE sign_ins (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	client TEXT NOT NULL,
	remote_addr TEXT NOT NULL,
	created_at TEXT NOT NULL,
	seen_at TEXT NOT NULL
) STRICT;

CREATE INDEX sign_ins_user ON sign_ins (user_id, seen_at);

CREATE TABLE stages (
	dist_id TEXT PRIMARY KEY,
	ticket_hash BLOB NOT NULL UNIQUE,
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	staged_by INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
	made_package INTEGER NOT NULL,
	made_release INTEGER NOT NULL,
	type TEXT NOT NULL,
	basename TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	description TEXT NOT NULL,
	attrs TEXT,
	dependencies TEXT,
	labels TEXT NOT NULL,
	stored_sha256 TEXT NOT NULL,
	stored_md5 TEXT NOT NULL,
	stored_size INTEGER NOT NULL,
	created_at TEXT NOT NULL
) STRICT;

CREATE INDEX stages_account ON stages (account_id);

CREATE INDEX stages_created_at ON stages (created_at);

CREATE INDEX stages_package ON stages (package_id);

CREATE INDEX stages_release ON stages (release_id);

CREATE INDEX stages_staged_by ON stages (staged_by);

CREATE INDEX stages_stored_sha256 ON stages (stored_sha256);

CREATE TABLE stars (
	user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	package_id INTEGER NOT NULL REFERENCES packages (id) ON DELETE CASCADE,
	created_at TEXT NOT NULL,
	PRIMARY KEY (user_id, package_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX stars_package ON stars (package_id);

CREATE TABLE thumbnails (
	package_id INTEGER PRIMARY KEY REFERENCES packages (id) ON DELETE CASCADE,
	sha256 TEXT NOT NULL,
	image BLOB NOT NULL
) STRICT;

CREATE TABLE tokens (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
	created_by INTEGER REFERENCES accounts (id) ON DELETE SET NULL,
	name TEXT NOT NULL,
	hash BLOB NOT NULL UNIQUE,
	scopes TEXT NOT NULL,
	note_url TEXT NOT NULL,
	hostname TEXT NOT NULL,
	remote_addr TEXT NOT NULL,
	created_at TEXT NOT NULL,
	expires_at TEXT,
	last_used_at TEXT,
	last_used_by TEXT NOT NULL,
	UNIQUE (account_id, name)
) STRICT;

CREATE INDEX tokens_created_by ON tokens (created_by);

CREATE TABLE unread_dependencies (
	package_id INTEGER PRIMARY KEY REFERENCES packages (id) ON DELETE CASCADE
) STRICT;
