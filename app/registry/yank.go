package registry

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vivarium/app/model"
	"vivarium/app/store"
)

// maxReason bounds what somebody says of a change, in characters.
const maxReason = 500

// parseReason returns what somebody says of a change, on one line.
func parseReason(s string) (string, error) {
	reason := oneLine(s)
	if utf8.RuneCountInString(reason) > maxReason {
		return "", model.FieldErrorf("reason", "Use at most %d characters.", maxReason)
	}
	return reason, nil
}

// oneLine returns s without breaks, and without what would move the cursor of
// those whose installer prints it.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "?"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}

// YankFiles hides the chosen files from resolvers, all or none: they leave the
// packages of every conda index for its removed, and are marked in simple
// indexes. Who names one, as lock files do, still gets it. A file under a locked
// label is Conflict. It returns the files that are not as they were: one that is
// yanked already gets the new reason.
func (r *Registry) YankFiles(ctx context.Context, actor model.Actor, owner string, sel Selection, reason string) ([]model.File, error) {
	reason, err := parseReason(reason)
	if err != nil {
		return nil, err
	}
	now := r.Clock.Now()
	return r.changeYank(ctx, actor, owner, sel, yankChange{
		action: "file.yank", detail: reason,
		mark: func(f *model.File) bool {
			if f.Yanked() && f.YankReason == reason {
				return false
			}
			if !f.Yanked() {
				f.YankedAt = now
			}
			f.YankReason = reason
			return true
		},
		write: func(tx *store.Store, ids []int64) error { return tx.YankFiles(ctx, ids, reason, now) },
	})
}

// UnyankFiles takes back what YankFiles did.
func (r *Registry) UnyankFiles(ctx context.Context, actor model.Actor, owner string, sel Selection) ([]model.File, error) {
	return r.changeYank(ctx, actor, owner, sel, yankChange{
		action: "file.unyank",
		mark: func(f *model.File) bool {
			was := f.Yanked()
			f.YankedAt, f.YankReason = time.Time{}, ""
			return was
		},
		write: func(tx *store.Store, ids []int64) error { return tx.UnyankFiles(ctx, ids) },
	})
}

// yankChange is a yank, or the end of one.
type yankChange struct {
	action, detail string
	// mark changes what is known of a file, and reports whether it did.
	mark  func(*model.File) bool
	write func(tx *store.Store, ids []int64) error
}

func (r *Registry) changeYank(ctx context.Context, actor model.Actor, owner string, sel Selection, c yankChange) ([]model.File, error) {
	var a model.Account
	var touched []model.File
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		var files []model.File
		var err error
		if a, files, err = r.choose(ctx, tx, actor, owner, sel, model.Write); err != nil {
			return err
		}
		var lines []model.AuditLine
		for _, f := range files {
			if !c.mark(&f) {
				continue
			}
			touched = append(touched, f)
			lines = append(lines, r.auditLine(actor, a.Login, c.action, f.FullName(), c.detail))
		}
		if err := mayChangeLabels(ctx, tx, a, touched); err != nil {
			return err
		}
		if err := c.write(tx, idsOf(touched)); err != nil {
			return err
		}
		if err := tx.InsertAudits(ctx, lines); err != nil {
			return err
		}
		return r.filesChanged(ctx, tx, a.ID, touched...)
	})
	if err != nil {
		return nil, err
	}
	r.done(ctx, "yank changed", actor, "account", a.Login, "action", c.action, "files", len(touched))
	return touched, nil
}
