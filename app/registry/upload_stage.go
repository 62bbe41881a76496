package registry

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"vivarium/app/format/conda"
	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/store"
)

// StageRequest announces a file.
type StageRequest struct {
	Owner, Package, Version, Basename string
	Type                              model.PackageType
	Description                       string
	Attrs, Dependencies               []byte // JSON, may be nil
	Labels                            []string
	SHA256                            string // hex; empty: not announced
}

// Staged is what the second and the third step of an upload need.
type Staged struct{ DistID, Ticket string }

// StageLifetime is how long an announced upload may take.
const StageLifetime = 24 * time.Hour

// maxLabels bounds the labels of one upload.
const maxLabels = 64

// StageFile announces a file: may it be written, is its name free? The package
// and the release are made if they are missing. Nothing of the file is visible
// before CommitFile.
func (r *Registry) StageFile(ctx context.Context, actor model.Actor, in StageRequest) (Staged, error) {
	ids := make([]byte, 12+32)
	rand.Read(ids)
	out := Staged{DistID: hex.EncodeToString(ids[:12]), Ticket: hex.EncodeToString(ids[12:])}
	st := model.Stage{
		DistID: out.DistID, TicketHash: hashToken(out.Ticket), StagedBy: actor.AccountID, Type: in.Type, Basename: in.Basename,
		SHA256: strings.ToLower(in.SHA256), Description: in.Description, Attrs: in.Attrs, Dependencies: in.Dependencies, CreatedAt: r.Clock.Now(),
	}
	err := r.Store.InSharedTx(ctx, func(tx *store.Store) error {
		a, err := r.account(ctx, tx, actor, in.Owner)
		if err != nil {
			return err
		}
		p, err := r.stagePackage(ctx, tx, actor, a, in, &st)
		if err != nil {
			return err
		}
		if err := r.checkStage(in, &st); err != nil {
			return err
		}
		if err := r.stageLabels(ctx, tx, a, in.Labels, &st); err != nil {
			return err
		}
		if err := r.stageRelease(ctx, tx, actor, p, in, &st); err != nil {
			return err
		}
		return tx.InsertStage(ctx, &st)
	})
	if err != nil {
		return Staged{}, err
	}
	r.Store.ExpectPublish(out.DistID)
	r.done(ctx, "file staged", actor, "file", fmt.Sprintf("%s/%s/%s/%s", in.Owner, in.Package, in.Version, in.Basename))
	return out, nil
}

// checkStage refuses names that no archive could match.
func (r *Registry) checkStage(in StageRequest, st *model.Stage) error {
	if st.SHA256 != "" {
		if err := checkSHA256(st.SHA256); err != nil {
			return err
		}
	}
	for _, raw := range [][]byte{in.Attrs, in.Dependencies} {
		if len(raw) > 0 && !json.Valid(raw) || len(raw) > 4*maxText {
			return model.Errorf(model.Invalid, "The file's attributes must be JSON of at most %d bytes.", 4*maxText)
		}
	}
	return kindOf(in.Type).check(r, in.Package, in.Version, in.Basename)
}

// checkPythonBasename compares a wheel's or sdist's name with what the URL
// announced.
func checkPythonBasename(_ *Registry, pkg, version, basename string) error {
	n, err := pypi.ParseFileName(basename)
	if err != nil {
		return err
	}
	if !sameName(model.PyPI, n.Name, pkg) || !sameVersion(model.PyPI, n.Version, version) {
		return model.Errorf(model.Invalid, "The file %s belongs to %s %s, not to %s %s.", shorten(basename), n.Name, n.Version, shorten(pkg), shorten(version))
	}
	return nil
}

// checkCondaBasename compares subdir/name-version-build.ext with what the URL
// announced.
func checkCondaBasename(r *Registry, pkg, version, basename string) error {
	subdir, file, ok := strings.Cut(basename, "/")
	if !ok || strings.Contains(file, "/") {
		return model.Errorf(model.Invalid, "A conda file is named subdir/name-version-build.conda, not \"%s\".", shorten(basename))
	}
	if err := r.checkSubdir(subdir); err != nil {
		return err
	}
	name, v, _, _, err := conda.CheckFileName(file)
	if err != nil {
		return err
	}
	if model.FoldName(name) != model.FoldName(pkg) || v != version {
		return model.Errorf(model.Invalid, "The file %s belongs to %s %s, not to %s %s.", shorten(file), name, v, shorten(pkg), shorten(version))
	}
	return nil
}

func (r *Registry) checkSubdir(subdir string) error {
	if !model.KnownSubdir(subdir, r.ExtraSubdirs) {
		return model.Errorf(model.Invalid, "\"%s\" is not a conda subdir. Known ones are noarch, linux-64, osx-arm64, win-64 and so on; extra_subdirs adds more.", shorten(subdir))
	}
	return nil
}

// stagePackage returns the package to upload to, made if it is missing and actor
// may create packages in the account.
func (r *Registry) stagePackage(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, in StageRequest, st *model.Stage) (model.Package, error) {
	st.AccountID = a.ID
	d, err := r.findPackageIn(ctx, tx, actor, a, in.Package, model.Write)
	if err == nil {
		st.PackageID = d.ID
		return d.Package, firstError(takesType(d.Package, in.Type), addTypes(&d.Package, []model.PackageType{in.Type}), r.oneProject(ctx, tx, actor, a, d.Package, in.Type))
	}
	if model.CodeOf(err) != model.NotFound {
		return d.Package, err
	}
	if err := r.requireAccount(ctx, tx, actor, a, model.Write); err != nil {
		return model.Package{}, err
	}
	p, err := r.insertPackage(ctx, tx, actor, a, in.Package, PackageChange{Types: []model.PackageType{in.Type}})
	st.PackageID, st.MadePackage = p.ID, true
	return p, err
}

// oneProject fails with Conflict when another package of a is the project of p's
// normalized name already. It names that to those alone who may see it.
func (r *Registry) oneProject(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, p model.Package, t model.PackageType) error {
	if t != model.PyPI {
		return nil
	}
	other, err := tx.PythonProject(ctx, a.ID, p.NormalizedName)
	if model.CodeOf(err) == model.NotFound || err == nil && (other.ID == p.ID || !other.HasType(model.PyPI)) {
		return nil
	}
	if err != nil {
		return err
	}
	hidden := model.Errorf(model.Conflict, "%s takes no Python files. An owner of %s can say why.", p.FullName(), a.Login)
	if _, err := r.requirePackage(ctx, tx, actor, a, other, model.Read, hidden); err != nil {
		return err
	}
	return model.Errorf(model.Conflict, "Python files of that name belong to %s. Upload them there.", other.FullName())
}

func (r *Registry) stageRelease(ctx context.Context, tx *store.Store, actor model.Actor, p model.Package, in StageRequest, st *model.Stage) error {
	if st.MadePackage { // what is in it need not be looked up
		rel, err := r.insertRelease(ctx, tx, actor, p, in.Version, ReleaseChange{})
		st.ReleaseID, st.MadeRelease = rel.ID, true
		return err
	}
	rel, made, err := r.releaseMade(ctx, tx, actor, p, in.Type, in.Version)
	st.ReleaseID, st.MadeRelease = rel.ID, made
	if err != nil || made {
		return err
	}
	return r.nameFree(ctx, tx, st)
}

// nameFree fails with Conflict when the file exists already.
func (r *Registry) nameFree(ctx context.Context, tx *store.Store, st *model.Stage) error {
	_, err := tx.File(ctx, st.ReleaseID, st.Basename)
	if err == nil {
		return model.Errorf(model.Conflict, "%s already exists. Remove it first (anaconda upload --force does), or give it another version or build number.", st.Basename)
	}
	if model.CodeOf(err) == model.NotFound {
		return nil
	}
	return err
}

// stageLabels validates the wanted labels; none means main.
func (r *Registry) stageLabels(ctx context.Context, tx *store.Store, a model.Account, names []string, st *model.Stage) error {
	if len(names) == 0 {
		names = []string{model.MainLabel}
	}
	if len(names) > maxLabels {
		return model.Errorf(model.Invalid, "A file can be given at most %d labels.", maxLabels)
	}
	var problems []error
	for _, n := range names {
		label, err := model.ParseLabel(n)
		if err != nil {
			problems = append(problems, err)
		} else if err := mayChangeLabel(ctx, tx, a, label); err != nil {
			return err
		} else if !slices.Contains(st.Labels, label) {
			st.Labels = append(st.Labels, label)
		}
	}
	return errors.Join(problems...)
}
