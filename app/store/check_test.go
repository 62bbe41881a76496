package store

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

func TestFilesAfter(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	w.user("casey")
	one := w.conda(w.pkg(ada, "x", model.Private), "1.0", "noarch", "main", "dev")
	w.conda(w.pkg(brook, "y", model.Public), "1.0", "noarch")
	two := w.file(w.pkg(ada, "z", model.Public), "2.0", "z.txt", model.GenericFile)
	all := get(w.FilesAfter(ctx, 0, 0, 9))(t)
	same(t, "all", basenames(all), []string{"noarch/x-1.0-0.conda", "noarch/y-1.0-0.conda", "z.txt"})
	same(t, "whole", []string{all[0].FullName(), string(all[0].Record)}, []string{"ada/x/1.0/noarch/x-1.0-0.conda", string(one.Record)})
	same(t, "of one account", basenames(get(w.FilesAfter(ctx, ada.ID, one.ID, 9))(t)), []string{two.Basename})
	same(t, "a page", len(get(w.FilesAfter(ctx, 0, 0, 2))(t)), 2)
	same(t, "count", get(w.CountAllFiles(ctx, 0))(t), 3)
	same(t, "count of one", get(w.CountAllFiles(ctx, ada.ID))(t), 2)
	var logins []string
	for _, a := range get(w.Channels(ctx))(t) {
		logins = append(logins, a.Login)
	}
	same(t, "channels", logins, []string{"ada", "brook"})
	same(t, "labels", get(w.LabelNames(ctx, ada.ID))(t), []string{"dev", "main"})
}

// TestIntegrity finds rows that refer to none, which only come about behind the
// database's back.
func TestIntegrity(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.conda(w.pkg(w.user("ada"), "x", model.Public), "1.0", "noarch", "main")
	same(t, "sound", get(w.Integrity(ctx))(t), []string(nil))
	for _, statement := range []string{"PRAGMA foreign_keys = 0", "DELETE FROM packages", "PRAGMA foreign_keys = 1"} {
		get(w.db.writer.ExecContext(ctx, statement))(t)
	}
	problems := strings.Join(get(w.Integrity(ctx))(t), "\n")
	for _, want := range []string{"of files refers to a row of packages", "of releases refers to a row of packages"} {
		if !strings.Contains(problems, want) {
			t.Errorf("no %q in\n%s", want, problems)
		}
	}
}
