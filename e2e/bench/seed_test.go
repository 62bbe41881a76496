package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// modelSQL publishes the model as the program does, in what seed.sql reads of it.
const modelSQL = `
INSERT INTO accounts (login, kind, name, email, description, company, location, url, password_hash, is_admin, disabled, auth_version, seq, closed, immutable, default_access, terms_version, created_at)
	VALUES ('bench', 'user', '', '', '', '', '', '', '', 0, 0, 1, 1, 0, 0, '', '', '');
INSERT INTO packages (account_id, name, lookup_name, normalized_name, types, access, summary, description, license, license_url, license_family, home, dev_url, doc_url, source_url, created_at, modified_at)
	VALUES (1, 'model', 'model', 'model', '["conda"]', 'public', '', '', '', '', '', '', '', '', '', '', '');
INSERT INTO releases (package_id, version, description, announce, created_at) VALUES (1, '1.0', '', '', '');
INSERT INTO files (account_id, package_id, release_id, type, basename, subdir, build, build_number, size, md5, sha256, description, record, uploader, downloads, uploaded_at)
	VALUES (1, 1, 1, 'conda', 'noarch/model-1.0-0.conda', 'noarch', '0', 0, 1, '', 'aa', '', '{"name":"model","version":"1.0"}', '', 0, '');
INSERT INTO labels (account_id, name, locked, created_at) VALUES (1, 'main', 0, '');
INSERT INTO file_labels VALUES (1, 1);
`

func TestSeed(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("sqlite3"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("skipped: %v", err)
	}
	schema, err := os.ReadFile(filepath.FromSlash("../../app/store/schema.sql"))
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	query := func(sql string) string {
		cmd := exec.CommandContext(t.Context(), "sqlite3", "-bail", filepath.Join(data, "vivarium.db"))
		cmd.Stdin = strings.NewReader(sql)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return strings.TrimSpace(string(out))
	}
	query(string(schema) + modelSQL)
	if err := seed(t.Context(), data, 105); err != nil {
		t.Fatal(err)
	}
	for sql, want := range map[string]string{
		"SELECT count(*), count(DISTINCT sha256), count(DISTINCT record ->> '$.sha256') FROM files": "106|1|105",
		"SELECT count(*) FROM packages":                                            "12",
		"SELECT count(*) FROM files JOIN file_labels ON file_id = id":              "106",
		"SELECT max(n) FROM (SELECT count(*) AS n FROM files GROUP BY package_id)": "10",
		"PRAGMA foreign_key_check":                                                 "",
		`SELECT count(*) FROM files JOIN releases ON releases.id = release_id JOIN packages ON packages.id = releases.package_id
			WHERE basename = 'noarch/' || name || '-' || version || '-' || build || '.conda' AND record ->> '$.name' = name
			AND record ->> '$.version' = version AND files.package_id = packages.id`: "106",
	} {
		if got := query(sql + ";"); got != want {
			t.Errorf("%s: got %q, want %q", sql, got, want)
		}
	}
}
