package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Remedy is a change after which somebody may do what they may not.
type Remedy struct {
	Text  string // one sentence
	At    Place  // where it is done
	Group string // of AtGroup
}

// Place is where a change is made.
type Place int

// The places. Nowhere stands for what nobody does on a page of the channel.
const (
	Nowhere         Place = iota
	AtAccess              // the package's access
	AtCollaborators       // its collaborators
	AtTransfer            // where it is given to another account
	AtGroup               // a group of the organization
	AtGroups              // its groups, to make another
	AtTokens              // the channel's tokens
	AtChannel             // who gets into the channel
)

// maxRemedies bounds the groups that are named.
const maxRemedies = 4

// seeker is somebody who may not do what they want to a package.
type seeker struct {
	name  string // as sentences have it
	wants model.Permission
	d     PackageDetail
	// manages says that who asks administers the account, and so its groups.
	manages bool
}

// remedies lists the changes that would give somebody what they want; without a
// login that is everybody who is not signed in.
func (r *Registry) remedies(ctx context.Context, tx *store.Store, actor model.Actor, user model.Account, wants model.Permission, d PackageDetail) ([]Remedy, error) {
	manages, err := owns(ctx, tx, actor, d.Account)
	if err != nil {
		return nil, err
	}
	s := seeker{name: user.Login, wants: wants, d: d, manages: manages}
	if user.ID == 0 {
		return r.withoutSigningIn(s), nil
	}
	var list []Remedy
	if wants <= model.Write {
		list = append(list, Remedy{Text: fmt.Sprintf("Add %s as a collaborator with %s.", s.name, wants), At: AtCollaborators})
	}
	groups, err := s.byGroups(ctx, tx, user)
	list = append(list, groups...)
	if wants == model.Read {
		list = append(list, Remedy{Text: fmt.Sprintf("Make %s authenticated: whoever is signed in may see it then.", d.Name), At: AtAccess})
	}
	return list, err
}

// withoutSigningIn lists what lets people do something who are not signed in.
func (r *Registry) withoutSigningIn(s seeker) []Remedy {
	if s.wants > model.Read {
		return []Remedy{{Text: "Nobody changes anything without signing in, or a token."}}
	}
	var list []Remedy
	if s.d.Access != model.Public {
		list = append(list, Remedy{Text: fmt.Sprintf("Make %s public.", s.d.Name), At: AtAccess})
	}
	if s.d.Account.Closed {
		list = append(list, Remedy{Text: fmt.Sprintf("Open the channel %s: it is closed to who is not signed in.", s.d.Owner), At: AtChannel})
	}
	if !r.Anonymous {
		list = append(list, Remedy{Text: "This site shows nothing without signing in (anonymous: false in its configuration)."})
	}
	return list
}

// byGroups lists the ways by groups of the organization, which are for its owners.
func (s seeker) byGroups(ctx context.Context, tx *store.Store, user model.Account) ([]Remedy, error) {
	switch {
	case !s.d.Account.IsOrganization() && s.wants == model.Admin:
		return []Remedy{{Text: fmt.Sprintf("Nobody but %s administers it. Transfer it to an organization, and give %s admin there.", s.d.Owner, s.name), At: AtTransfer}}, nil
	case !s.d.Account.IsOrganization():
		return nil, nil
	case !s.manages:
		return []Remedy{{Text: fmt.Sprintf("An owner of %s gives a group of %s %s on it.", s.d.Owner, s.name, s.wants)}}, nil
	}
	levels, err := groupLevels(ctx, tx, s.d)
	if err != nil {
		return nil, err
	}
	in, err := groupsOf(ctx, tx, user, s.d.Account)
	if err != nil {
		return nil, err
	}
	var join, raise []Remedy
	for _, g := range levels {
		switch {
		case g.Name == model.OwnersGroup:
		case g.Permission >= s.wants:
			join = append(join, Remedy{fmt.Sprintf("Add %s to the group %s, which has %s on %s.", s.name, g.Name, g.Permission, s.d.Name), AtGroup, g.Name})
		case slices.Contains(in, g.Name):
			raise = append(raise, Remedy{fmt.Sprintf("Give the group %s, in which %s is, %s on %s.", g.Name, s.name, s.wants, s.d.Name), AtGroup, g.Name})
		}
	}
	list := slices.Concat(join[:min(len(join), maxRemedies)], raise[:min(len(raise), maxRemedies)])
	if len(list) == 0 {
		list = []Remedy{{Text: fmt.Sprintf("Make a group with %s on %s, and add %s to it.", s.wants, s.d.Name, s.name), At: AtGroups}}
	}
	if s.wants == model.Admin {
		list = append(list, Remedy{fmt.Sprintf("Add %s to the Owners, who administer everything in %s.", s.name, s.d.Owner), AtGroup, model.OwnersGroup})
	}
	return list, nil
}

// groupLevels lists the groups of an organization, each with the permission that it
// has on one package: NoAccess when it does not reach it.
func groupLevels(ctx context.Context, tx *store.Store, d PackageDetail) ([]model.Group, error) {
	all, err := tx.Groups(ctx, d.AccountID)
	if err != nil {
		return nil, err
	}
	attached, err := tx.PackageGroups(ctx, d.ID)
	for i := range all {
		g := &all[i]
		if !g.AllPackages {
			g.Permission = model.NoAccess
		}
		if at := slices.IndexFunc(attached, func(a model.Group) bool { return a.ID == g.ID }); at >= 0 {
			g.Permission = max(g.Permission, attached[at].Permission)
		}
	}
	return all, err
}

// groupsOf names the groups of an organization that a user is in.
func groupsOf(ctx context.Context, tx *store.Store, user, org model.Account) ([]string, error) {
	var names []string
	list, err := tx.Memberships(ctx, user.ID)
	for _, m := range list {
		if m.Organization == org.Login {
			names = append(names, m.Group)
		}
	}
	return names, err
}

// anotherToken is the remedy for scopes that are too narrow.
func anotherToken(token model.Token, wants model.Permission) Remedy {
	var scopes []string
	for _, d := range doors {
		if d.gives == wants && !slices.Contains(scopes, string(d.scopes[0])) {
			scopes = append(scopes, string(d.scopes[0]))
		}
	}
	return Remedy{Text: fmt.Sprintf("Create another token in the place of %s, with one of the scopes %s: a token cannot be changed.", token.Name, strings.Join(scopes, ", ")), At: AtTokens}
}
