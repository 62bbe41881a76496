package registry

import (
	"context"

	"vivarium/app/channelindex"
	"vivarium/app/model"
	"vivarium/app/store"
)

// onAccount returns what the person or organization behind actor may do to an
// account, whatever the scopes of its token. It is the one function that knows
// whose account is whose; rights from groups will join here.
func onAccount(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account) (model.Permission, error) {
	switch {
	case actor.Operator:
		return model.Admin, nil
	case actor.UserID == 0 && actor.AccountID == account.ID && !actor.Anonymous():
		return model.Admin, nil // an organization's own token
	case actor.UserID == 0:
		return model.Read, nil
	case actor.UserID == account.ID:
		return model.Admin, nil
	case !account.IsOrganization():
		return model.Read, nil
	}
	owner, err := tx.IsOwner(ctx, account.ID, actor.UserID)
	if err != nil || !owner {
		return model.Read, err
	}
	return model.Admin, nil
}

// onPackage returns what actor may do to a package of account, whatever the
// scopes of its token.
func onPackage(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account, p model.Package) (model.Permission, error) {
	have, err := onAccount(ctx, tx, actor, account)
	switch {
	case err != nil:
		return model.NoAccess, err
	case have == model.Admin:
		return model.Admin, nil
	case p.Access == model.Public, p.Access == model.Authenticated && !actor.Anonymous():
		return model.Read, nil
	}
	return model.NoAccess, nil
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
	have, err := onAccount(ctx, tx, actor, account)
	if err != nil {
		return err
	}
	return decide(actor, have, want, account.Login)
}

// requirePackage fails unless actor may do want to the package p of account:
// with NotFound in the words of absent when actor may not even see it, with
// Forbidden when only the permission or the token's scope is missing.
func (r *Registry) requirePackage(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account, p model.Package, want model.Permission, absent error) (model.Permission, error) {
	if err := r.enter(actor, account); err != nil {
		return model.NoAccess, err
	}
	have, err := onPackage(ctx, tx, actor, account, p)
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

// requireSelf fails for anonymous and for tokens that lack the route's scope.
func requireSelf(actor model.Actor) error {
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
		if err := requireSelf(actor); err != nil {
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
	return s, nil
}

// visibility is the view of a channel's index that actor gets.
func (r *Registry) visibility(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account) (channelindex.Visibility, error) {
	if actor.Anonymous() || !actor.PassesDoor() {
		return channelindex.Public, nil
	}
	have, err := onAccount(ctx, tx, actor, account)
	if err != nil || have < model.Admin {
		return channelindex.Authenticated, err
	}
	return channelindex.Owner, nil
}

// sightOf is the sight that builds the view of a visibility.
func sightOf(key channelindex.Key) store.Sight {
	switch key.Visibility {
	case channelindex.Owner:
		return store.Sight{SignedIn: true, Owns: []int64{key.AccountID}}
	case channelindex.Authenticated:
		return store.Sight{SignedIn: true}
	}
	return store.Sight{}
}
