package registry

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"

	"vivarium/app/channelindex"
	"vivarium/app/model"
	"vivarium/app/store"
)

// rights is what somebody may do in one account, whatever the scopes of its
// token.
type rights struct {
	// owner marks who administers the account itself.
	owner bool
	// all is the permission on every package, from groups that cover all.
	all model.Permission
	// packages has what groups and collaborators give on single packages.
	packages map[int64]model.Permission
}

// onAll is the permission on every package of the account.
func (have rights) onAll() model.Permission {
	if have.owner {
		return model.Admin
	}
	return have.all
}

// onAccount is the permission on the account: Admin for its owners, Write for
// who may create packages, Read for everyone, because names are public.
func (have rights) onAccount() model.Permission {
	switch {
	case have.owner:
		return model.Admin
	case have.all >= model.Write:
		return model.Write
	}
	return model.Read
}

// onPackage is the permission on one package of the account. The highest wins.
func (have rights) onPackage(actor model.Actor, p model.Package) model.Permission {
	best := max(have.onAll(), have.packages[p.ID])
	if p.Access == model.Public || p.Access == model.Authenticated && !actor.Anonymous() {
		best = max(best, model.Read)
	}
	return best
}

// rightsOn is the one function that knows what an actor may do in an account.
func rightsOn(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account) (rights, error) {
	owner, err := owns(ctx, tx, actor, account)
	if err != nil || owner || actor.UserID == 0 {
		return rights{owner: owner}, err
	}
	grants, err := tx.Grants(ctx, actor.UserID, account.ID)
	if err != nil {
		return rights{}, err
	}
	have := rights{packages: map[int64]model.Permission{}}
	for _, g := range grants {
		if g.PackageID == 0 {
			have.all = max(have.all, g.Permission)
		} else {
			have.packages[g.PackageID] = max(have.packages[g.PackageID], g.Permission)
		}
	}
	return have, nil
}

// owns reports whether actor administers account: it is the operator, the account
// itself, or one of the organization's Owners.
func owns(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account) (bool, error) {
	switch {
	case actor.Operator:
		return true, nil
	case actor.UserID == 0: // an organization's own token, or anonymous
		return actor.AccountID == account.ID && !actor.Anonymous(), nil
	case actor.UserID == account.ID:
		return true, nil
	case !account.IsOrganization():
		return false, nil
	}
	return tx.IsOwner(ctx, account.ID, actor.UserID)
}

// closed reports whether a channel serves nothing to anonymous.
func (r *Registry) closed(account model.Account) bool { return account.Closed || !r.Anonymous }

// enter decides whether actor may use the channel of account at all.
func (r *Registry) enter(actor model.Actor, account model.Account) error {
	switch {
	case !r.closed(account):
		return nil
	case actor.Anonymous():
		return signInFirst()
	case !actor.PassesDoor():
		return missingScope(actor)
	}
	return nil
}

// requireAccount fails unless actor may do want to account. Accounts are visible
// to everyone, so what is refused is Forbidden, or Unauthenticated to anonymous.
func (r *Registry) requireAccount(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account, want model.Permission) error {
	if err := r.enter(actor, account); err != nil || want <= model.Read {
		return err
	}
	have, err := rightsOn(ctx, tx, actor, account)
	if err != nil {
		return err
	}
	return decide(actor, have.onAccount(), want, account.Login)
}

// requirePackage fails unless actor may do want to the package p of account:
// with NotFound in the words of absent when actor may not even see it, with
// Forbidden when only the permission or the token's scope is missing.
func (r *Registry) requirePackage(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account, p model.Package, want model.Permission, absent error) (model.Permission, error) {
	if err := r.enter(actor, account); err != nil {
		return model.NoAccess, err
	}
	all, err := rightsOn(ctx, tx, actor, account)
	have := all.onPackage(actor, p)
	switch {
	case err != nil:
		return model.NoAccess, err
	case have == model.NoAccess:
		return model.NoAccess, absent
	case want == model.Read && p.Access == model.Public && !r.closed(account):
		return have, nil // what anonymous may do needs no scope
	}
	return have, decide(actor, have, want, p.FullName())
}

// decide compares what actor has with what it wants, scopes included.
func decide(actor model.Actor, have, want model.Permission, subject string) error {
	switch {
	case have < want && actor.Anonymous():
		return signInFirst()
	case have < want:
		return model.Errorf(model.Forbidden, "%s may not change %s: that needs the permission %s, and yours is %s. Its owners can grant it.", actor.Login, subject, want, have)
	case !actor.PassesDoor():
		return missingScope(actor)
	}
	return nil
}

// RequireSelf fails for anonymous with Unauthenticated, and for tokens that lack
// the route's scope with Forbidden.
func RequireSelf(actor model.Actor) error {
	if actor.Anonymous() {
		return signInFirst()
	}
	if !actor.PassesDoor() {
		return missingScope(actor)
	}
	return nil
}

// requireOperator fails unless actor administers the site.
func requireOperator(actor model.Actor) error {
	if actor.Operator || actor.IsAdmin && actor.TokenID == 0 {
		return nil
	}
	if actor.Anonymous() {
		return signInFirst()
	}
	return model.Errorf(model.Forbidden, "Only an administrator of this site may do that.")
}

func signInFirst() error {
	return model.Errorf(model.Unauthenticated, "Sign in, or send a valid access token.")
}

func missingScope(actor model.Actor) error {
	return model.Errorf(model.Forbidden, "The access token lacks the scope %s. Create one that has it.", actor.Door[0])
}

// sight is what of all channels actor sees in lists, counts and searches. A
// token without the route's scope sees what anonymous sees.
func (r *Registry) sight(ctx context.Context, tx *store.Store, actor model.Actor) (store.Sight, error) {
	if !r.Anonymous {
		if err := RequireSelf(actor); err != nil {
			return store.Sight{}, err
		}
	}
	if actor.Anonymous() || !actor.PassesDoor() {
		return store.Sight{}, nil
	}
	s := store.Sight{SignedIn: true, Owns: []int64{actor.AccountID}}
	if actor.UserID == 0 {
		return s, nil
	}
	orgs, err := tx.OrganizationsOwned(ctx, actor.UserID)
	if err != nil {
		return store.Sight{}, err
	}
	s.Owns = append(s.Owns, actor.UserID)
	for _, o := range orgs {
		s.Owns = append(s.Owns, o.ID)
	}
	grants, err := tx.Grants(ctx, actor.UserID, 0)
	for _, g := range grants {
		if g.PackageID == 0 {
			s.Owns = append(s.Owns, g.AccountID)
		} else {
			s.Packages = append(s.Packages, g.PackageID)
		}
	}
	return s, err
}

// sightIn is what actor sees of one channel's index, with the name of the view
// that shows just that: three kinds for most, and one for each set of single
// packages that somebody was granted.
func sightIn(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account) (store.Sight, channelindex.Visibility, error) {
	if actor.Anonymous() || !actor.PassesDoor() {
		return store.Sight{}, channelindex.Public, nil
	}
	have, err := rightsOn(ctx, tx, actor, account)
	switch {
	case err != nil:
		return store.Sight{}, "", err
	case have.onAll() >= model.Read:
		return store.Sight{SignedIn: true, Owns: []int64{account.ID}}, channelindex.Owner, nil
	case len(have.packages) == 0:
		return store.Sight{SignedIn: true}, channelindex.Authenticated, nil
	}
	ids := slices.Sorted(maps.Keys(have.packages))
	sum := sha256.New()
	for _, id := range ids {
		binary.Write(sum, binary.BigEndian, id)
	}
	return store.Sight{SignedIn: true, Packages: ids}, channelindex.Visibility("grants " + hex.EncodeToString(sum.Sum(nil))), nil
}
