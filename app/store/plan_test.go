package store

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

// TestPlans reads how SQLite answers the queries that every request makes: by
// which index, and never by reading a table or sorting one.
func TestPlans(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada := w.user("ada")
	w.conda(w.pkg(ada, "x", model.Public), "1.0", "noarch", "main")
	sight := Sight{SignedIn: true, Owns: []int64{ada.ID}}
	ctx, view := t.Context(), ChannelView{ada.ID, "main", sight}
	tests := []struct {
		name string
		ask  func() error
		want string
		may  string // SCAN or SORT, where it does no harm
	}{
		{"token by hash", func() error { _, err := w.TokenByHash(ctx, []byte("h")); return err },
			"SEARCH token USING INDEX sqlite_autoindex_tokens_1 (hash=?)", ""},
		{"account", func() error { _, err := w.Account(ctx, "ada"); return err },
			"SEARCH account USING INDEX sqlite_autoindex_accounts_1 (login=?)", ""},
		{"accounts by email", func() error { _, err := w.AccountsByEmail(ctx, "a@x.test"); return err },
			"SEARCH account USING INDEX accounts_email (<expr>=?)", "SORT"},
		{"package", func() error { _, err := w.Package(ctx, ada.ID, "x"); return err },
			"SEARCH package USING INDEX sqlite_autoindex_packages_1 (account_id=? AND lookup_name=?)", ""},
		{"granted on all", func() error { _, err := w.GrantedOnAll(ctx, ada.ID, ada.ID); return err },
			"SEARCH m USING COVERING INDEX group_members_user (user_id=?)", ""},
		{"granted on a package", func() error { _, err := w.GrantedOn(ctx, ada.ID, ada.ID, 1); return err },
			"SEARCH attached USING INDEX group_packages_package (package_id=?)", ""},
		{"conda file", func() error { _, err := w.CondaFile(ctx, ada.ID, "noarch/x"); return err },
			"SEARCH file USING INDEX files_conda (account_id=? AND basename=?)", ""},
		{"records", func() error {
			for _, err := range w.CondaRecords(ctx, view, "noarch") {
				return err
			}
			return nil
		},
			"SEARCH file USING INDEX files_subdir (account_id=? AND subdir=? AND type=?)", ""},
		{"subdirs", func() error { _, err := w.CondaSubdirs(ctx, ChannelView{ada.ID, "main", sight}); return err },
			"SEARCH file USING INDEX files_subdir (account_id=? AND subdir>?)", ""},
		{"files of a subdir", func() error {
			_, err := w.SubdirFiles(ctx, ChannelView{ada.ID, "main", sight}, "noarch", "x", 9)
			return err
		}, "SEARCH file USING INDEX files_subdir (account_id=? AND subdir=? AND type=? AND basename>?)", ""},
		{"packages of a channel", func() error {
			_, _, err := w.PackageRecords(ctx, ChannelView{ada.ID, "main", sight}, []string{"x"})
			return err
		}, "SEARCH package USING INTEGER PRIMARY KEY (rowid=?)", "SORT"}, // the few
		{"names of packages", func() error { _, err := w.CondaPackages(ctx, view); return err },
			"SEARCH file EXISTS USING INDEX files_package (package_id=?)", ""},
		{"newest files", func() error { _, err := w.NewestFiles(ctx, ChannelView{ada.ID, "main", sight}, 9); return err },
			"SEARCH file USING INDEX files_newest (account_id=?)", ""},
		{"records of packages", func() error { _, err := w.CondaRecordsOf(ctx, view, "noarch", []string{"x"}); return err },
			"SEARCH file USING INDEX files_package (package_id=?)", ""},
		{"changes", func() error { _, err := w.Changes(ctx, ada.ID, 1); return err },
			"SEARCH index_change USING PRIMARY KEY (account_id=? AND seq>?)", ""},
		{"packages by name", func() error { _, err := w.PackagesNamed(ctx, ada.ID, []string{"x", "y"}, []string{"x"}); return err },
			"SEARCH packages USING INDEX packages_normalized_name (normalized_name=?)", "SORT"},
		{"releases by version", func() error { _, err := w.ReleasesNamed(ctx, []int64{1, 2}, []string{"1.0"}); return err },
			"SEARCH release USING INDEX sqlite_autoindex_releases_1 (package_id=? AND version=?)", "SORT"},
		{"digests", func() error { _, err := w.Digests(ctx, ada.ID, model.Conda, []string{"noarch/x"}); return err },
			"SEARCH file USING INDEX files_conda (account_id=? AND basename=?)", ""},
		{"what releases need", func() error { _, err := w.FileNeeds(ctx, []int64{1, 2}); return err },
			"SEARCH file USING INDEX sqlite_autoindex_files_1 (release_id=?)", ""},
		{"dependents", func() error {
			_, _, err := w.Packages(ctx, PackageQuery{AccountID: ada.ID, Needing: &model.Package{LookupName: "x", Types: []model.PackageType{model.Conda}}, Sight: sight})
			return err
		}, "SEARCH dependencies USING PRIMARY KEY (type=? AND name=?)", "SORT"},
		{"newest packages", func() error {
			_, _, err := w.Packages(ctx, PackageQuery{Order: model.LastChanged, Limit: 9})
			return err
		},
			"SCAN package USING INDEX packages_modified_at", "SCAN"},
	}
	for _, tt := range tests {
		asked := listen(w.Store)
		if err := tt.ask(); err != nil && model.CodeOf(err) != model.NotFound {
			t.Errorf("%s: %v", tt.name, err)
		}
		plan := w.plan(asked.list[len(asked.list)-1])
		if !strings.Contains(plan, tt.want) {
			t.Errorf("%s: no %q in\n%s", tt.name, tt.want, plan)
		}
		if tt.may != "SCAN" && strings.Contains(plan, "SCAN ") {
			t.Errorf("%s reads a whole table:\n%s", tt.name, plan)
		}
		if tt.may != "SORT" && strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") {
			t.Errorf("%s sorts:\n%s", tt.name, plan)
		}
	}
}

// plan returns SQLite's plan of a statement, a step a line.
func (w *world) plan(statement string) string {
	w.t.Helper()
	rows := get(w.db.readers.DB.QueryContext(w.t.Context(), "EXPLAIN QUERY PLAN "+statement))(w.t)
	defer func() { check(w.t, rows.Close()) }()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		check(w.t, rows.Scan(&id, &parent, &unused, &step))
		steps = append(steps, step)
	}
	check(w.t, rows.Err())
	return strings.Join(steps, "\n")
}
