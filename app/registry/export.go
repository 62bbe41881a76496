package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Export returns everything that is kept about actor's person.
func (r *Registry) Export(ctx context.Context, actor model.Actor) (Export, error) {
	out := Export{ExportedAt: r.Clock.Now()}
	if err := requirePerson(actor); err != nil {
		return out, err
	}
	err := r.Store.InReadTx(ctx, func(tx *store.Store) error {
		a, err := tx.AccountByID(ctx, actor.UserID)
		if err != nil {
			return err
		}
		out.Profile = exportedProfile(a)
		for _, add := range []func(context.Context, *store.Store, model.Account) error{out.addPhoto, out.addPackages, out.addCollections, out.addGroups, out.addTokens, out.addSessions, out.addLog} {
			if err := add(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	r.done(ctx, "data exported", actor)
	return out, r.audit(ctx, r.Store, actor, out.Profile.Username, "user.export", out.Profile.Username, "")
}

func exportedProfile(a model.Account) ExportedProfile {
	return ExportedProfile{
		Username: a.Login, Name: a.Name, Email: a.Email, EmailConfirmedAt: a.EmailConfirmedAt, NewEmail: a.NewEmail,
		Description: a.Description, Company: a.Company, Location: a.Location, URL: a.URL,
		CreatedAt: a.CreatedAt, TermsVersion: a.TermsVersion, TermsAcceptedAt: a.TermsAcceptedAt,
	}
}

func (e *Export) addPhoto(ctx context.Context, tx *store.Store, a model.Account) error {
	if a.Photo == "" {
		return nil
	}
	p, err := tx.Photo(ctx, a.ID)
	e.Profile.Photo = p.Image
	return err
}

func (e *Export) addPackages(ctx context.Context, tx *store.Store, a model.Account) error {
	packages, _, err := tx.Packages(ctx, store.PackageQuery{AccountID: a.ID, Sight: store.Sight{SignedIn: true, Owns: []int64{a.ID}}})
	if err != nil {
		return err
	}
	files, err := tx.AccountFiles(ctx, a.ID)
	byPackage := map[int64][]ExportedFile{}
	for _, f := range files {
		byPackage[f.PackageID] = append(byPackage[f.PackageID], ExportedFile{
			Version: f.Version, Name: f.Basename, Size: f.Size, SHA256: f.SHA256, UploadedAt: f.UploadedAt, Downloads: f.Downloads,
		})
	}
	for _, p := range packages {
		out := ExportedPackage{Name: p.Name, Types: []string{}, Access: string(p.Access), Summary: p.Summary, CreatedAt: p.CreatedAt, Files: byPackage[p.ID]}
		for _, t := range p.Types {
			out.Types = append(out.Types, string(t))
		}
		e.Packages = append(e.Packages, out)
	}
	return err
}

func (e *Export) addCollections(ctx context.Context, tx *store.Store, a model.Account) error {
	collections, err := tx.Collections(ctx, a.ID)
	if err != nil {
		return err
	}
	collected, err := tx.Collected(ctx, a.ID, store.Sight{SignedIn: true, Owns: []int64{a.ID}, User: a.ID})
	packages := map[int64][]string{}
	for _, c := range collected {
		packages[c.CollectionID] = append(packages[c.CollectionID], c.Package)
	}
	for _, c := range collections {
		e.Collections = append(e.Collections, ExportedCollection{
			Name: c.Name, Access: string(c.Access), Description: c.Description, CreatedAt: c.CreatedAt, Packages: packages[c.ID],
		})
	}
	return err
}

func (e *Export) addGroups(ctx context.Context, tx *store.Store, a model.Account) error {
	memberships, err := tx.Memberships(ctx, a.ID)
	for _, m := range memberships {
		e.Groups = append(e.Groups, ExportedGroup{Organization: m.Organization, Group: m.Group})
	}
	return err
}

func (e *Export) addTokens(ctx context.Context, tx *store.Store, a model.Account) error {
	tokens, err := tx.Tokens(ctx, a.ID)
	for _, t := range tokens {
		e.Tokens = append(e.Tokens, ExportedToken{Name: t.Name, Scopes: t.Scopes, CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, LastUsedAt: t.LastUsedAt})
	}
	return err
}

func (e *Export) addSessions(ctx context.Context, tx *store.Store, a model.Account) error {
	sessions, err := tx.SignIns(ctx, a.ID, a.CreatedAt)
	for _, s := range sessions {
		e.Sessions = append(e.Sessions, ExportedSession{Client: s.Client, Address: s.RemoteAddr, CreatedAt: s.CreatedAt, SeenAt: s.SeenAt})
	}
	return err
}

func (e *Export) addLog(ctx context.Context, tx *store.Store, a model.Account) error {
	lines, err := tx.AuditPage(ctx, store.AuditQuery{AccountIDs: []int64{a.ID}})
	for _, l := range lines {
		e.Log = append(e.Log, ExportedLine{
			At: l.At, Actor: l.Actor, Action: l.Action, Subject: l.Subject, Detail: l.Detail, Address: l.RemoteAddr, Client: l.Client,
		})
	}
	return err
}
