package store

import (
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
)

// world is a store with a few things in it.
type world struct {
	*Store
	t testing.TB
	n int
}

func newWorld(t testing.TB) *world { return &world{Store: openTest(t), t: t} }

// next returns the next of a row of numbers.
func (w *world) next() int {
	w.n++
	return w.n
}

func (w *world) user(login string) model.Account { return w.account(login, model.User) }

func (w *world) account(login string, kind model.AccountKind) model.Account {
	w.t.Helper()
	a := model.Account{Login: login, Kind: kind, DefaultAccess: model.Public, CreatedAt: noon}
	check(w.t, w.InsertAccount(w.t.Context(), &a))
	return a
}

// organization makes one with its Owners.
func (w *world) organization(login string, owners ...model.Account) model.Account {
	w.t.Helper()
	org := w.account(login, model.Organization)
	g := w.group(org, model.OwnersGroup, model.Admin, owners...)
	g.AllPackages = true
	check(w.t, w.UpdateGroup(w.t.Context(), &g))
	return org
}

func (w *world) group(org model.Account, name string, p model.Permission, members ...model.Account) model.Group {
	w.t.Helper()
	g := model.Group{OrganizationID: org.ID, Name: name, Permission: p, CreatedAt: noon}
	check(w.t, w.InsertGroup(w.t.Context(), &g))
	for _, m := range members {
		check(w.t, w.AddMember(w.t.Context(), g.ID, m.ID, noon))
	}
	return g
}

func (w *world) pkg(owner model.Account, name string, access model.Access, types ...model.PackageType) model.Package {
	w.t.Helper()
	lookup := strings.ToLower(name)
	p := model.Package{
		AccountID: owner.ID, Name: name, LookupName: lookup, NormalizedName: model.NormalizePyPI(name),
		Types: types, Access: access, CreatedAt: noon, ModifiedAt: noon.Add(time.Duration(w.next()) * time.Second),
	}
	check(w.t, w.InsertPackage(w.t.Context(), &p))
	p.Owner = owner.Login
	return p
}

func (w *world) release(p model.Package, version string) model.Release {
	w.t.Helper()
	r := model.Release{PackageID: p.ID, Version: version, CreatedAt: noon}
	check(w.t, w.InsertRelease(w.t.Context(), &r))
	return r
}

// conda adds name-version-0.conda in subdir, with its release and labels.
func (w *world) conda(p model.Package, version, subdir string, labels ...string) model.File {
	w.t.Helper()
	return w.file(p, version, subdir+"/"+p.LookupName+"-"+version+"-0.conda", model.Conda, labels...)
}

func (w *world) file(p model.Package, version, basename string, typ model.PackageType, labels ...string) model.File {
	w.t.Helper()
	ctx := w.t.Context()
	r, err := w.Release(ctx, p.ID, version)
	if model.CodeOf(err) == model.NotFound {
		r = w.release(p, version)
	} else {
		check(w.t, err)
	}
	f := newFile(r, p.AccountID, basename, typ, w.next())
	check(w.t, w.InsertFile(ctx, &f))
	for _, name := range labels {
		label := get(w.EnsureLabel(ctx, p.AccountID, name, noon))(w.t)
		check(w.t, w.AddFileLabel(ctx, f.ID, label.ID))
	}
	f.Owner, f.Package, f.Version, f.Labels = p.Owner, p.Name, version, labels
	return f
}

// newFile makes the n-th file, with contents that only it has.
func newFile(r model.Release, accountID int64, basename string, typ model.PackageType, n int) model.File {
	subdir, _, hasSubdir := strings.Cut(basename, "/")
	if !hasSubdir {
		subdir = ""
	}
	return model.File{
		AccountID: accountID, PackageID: r.PackageID, ReleaseID: r.ID, Type: typ, Basename: basename, Subdir: subdir,
		SHA256: hex.EncodeToString([]byte(strconv.Itoa(n))), Uploader: "ada", Size: int64(n),
		Record:     json.RawMessage(`{"n":` + strconv.Itoa(n) + `}`),
		UploadedAt: noon.Add(time.Duration(n) * time.Second),
	}
}
