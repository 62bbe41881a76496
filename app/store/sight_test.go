package store

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

// TestSightMatrix asks every query that takes a Sight for what each kind of
// person sees of the same account.
func TestSightMatrix(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada, brook := w.user("ada"), w.user("brook")
	for _, access := range []model.Access{model.Public, model.Authenticated, model.Private} {
		w.conda(w.pkg(ada, string(access), access, model.Conda), "1.0", "noarch", "main", "only-"+string(access))
	}
	hiddenSubdir := w.pkg(ada, "secret", model.Private, model.Conda)
	w.conda(hiddenSubdir, "1.0", "linux-64", "only-private")
	get(w.EnsureLabel(t.Context(), ada.ID, "unused", noon))(t)

	const (
		anyone   = "public"
		signedIn = "authenticated public"
		all      = "authenticated private public"
	)
	for _, tt := range []struct {
		name     string
		sight    Sight
		packages string // that carry main
		labels   string
		subdirs  string
	}{
		{"anonymous", Sight{}, anyone, "main only-public", ""},
		{"owner of nothing here, no credential", Sight{Owns: []int64{brook.ID}}, anyone, "main only-public", ""},
		{"signed in", Sight{SignedIn: true}, signedIn, "main only-authenticated only-public", ""},
		{"owner of another account", Sight{SignedIn: true, Owns: []int64{brook.ID}}, signedIn, "main only-authenticated only-public", ""},
		{"owner", Sight{SignedIn: true, Owns: []int64{brook.ID, ada.ID}}, all, "main only-authenticated only-private only-public unused", "linux-64 noarch"},
	} {
		t.Run(tt.name, func(t *testing.T) { seen(t, w, ada, tt.sight, tt.packages, tt.labels, tt.subdirs) })
	}
}

func seen(t *testing.T, w *world, of model.Account, sight Sight, packages, labels, subdirs string) {
	ctx := t.Context()
	var records, files, names []string
	for _, r := range recordsOfView(t, w, ChannelView{of.ID, "main", sight}, "noarch") {
		records = append(records, r.Package)
	}
	same(t, "records", strings.Join(records, " "), packages)
	for _, f := range get(w.LabelFiles(ctx, of.ID, "main", sight))(t) {
		files = append(files, f.Package)
	}
	same(t, "files of main", strings.Join(files, " "), packages)
	for _, l := range get(w.Labels(ctx, of.ID, sight))(t) {
		names = append(names, l.Name)
		if l.Name == "main" {
			same(t, "files that carry main", l.Files, len(records))
			same(t, "packages that carry main", l.Packages, len(records))
		}
	}
	same(t, "labels", strings.Join(names, " "), labels)
	same(t, "subdirs", strings.Join(get(w.CondaSubdirs(ctx, ChannelView{of.ID, "only-private", sight}))(t), " "), subdirs)

	list, _ := listed(t, w, PackageQuery{Subdir: "noarch", Sight: sight})
	same(t, "packages", strings.ReplaceAll(list, "ada/", ""), packages)
	n, _, _, _, err := w.SiteCounts(ctx, sight)
	check(t, err)
	_, total := listed(t, w, PackageQuery{WithFiles: true, Sight: sight})
	same(t, "count of packages", n, total)
}
