package registry

import (
	"context"

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

// rightsOn is the one function that knows what an actor may do in an account.
func rightsOn(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account) (rights, error) {
	owner, err := owns(ctx, tx, actor, account)
	if err != nil || owner || actor.UserID == 0 {
		return rights{owner: owner}, err
	}
	all, err := tx.GrantedOnAll(ctx, actor.UserID, account.ID)
	return rights{all: all}, err
}

// rightsOnPackage is the one function that knows what an actor may do to a package
// of account, whatever the scopes of its token. The highest permission wins.
func rightsOnPackage(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account, p model.Package) (model.Permission, error) {
	if isOwn(actor, account) {
		return model.Admin, nil
	}
	best := model.NoAccess
	if actor.UserID != 0 {
		var err error
		if best, err = tx.GrantedOn(ctx, actor.UserID, account.ID, p.ID); err != nil {
			return model.NoAccess, err
		}
	}
	if p.Access == model.Public || p.Access == model.Authenticated && !actor.Anonymous() {
		best = max(best, model.Read)
	}
	return best, nil
}

// isOwn reports whether actor administers account without any group: it is the
// operator, or the account itself.
func isOwn(actor model.Actor, account model.Account) bool {
	switch {
	case actor.Operator:
		return true
	case actor.UserID == 0: // an organization's own token, or anonymous
		return actor.AccountID == account.ID && !actor.Anonymous()
	}
	return actor.UserID == account.ID
}

// owns reports whether actor administers account: it is its own, or actor is one of
// the organization's Owners.
func owns(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account) (bool, error) {
	if own := isOwn(actor, account); own || actor.UserID == 0 || !account.IsOrganization() {
		return own, nil
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
		return missingScope(actor, account.Login)
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
	have, err := rightsOnPackage(ctx, tx, actor, account, p)
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

// missing is the answer for what there is not. First it asks what is asked of what
// is hidden, so that the time it takes does not tell the one from the other.
func (r *Registry) missing(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account, absent error) error {
	if actor.UserID == 0 || isOwn(actor, account) {
		return absent
	}
	if _, err := tx.GrantedOn(ctx, actor.UserID, account.ID, 0); err != nil {
		return err
	}
	return absent
}

// decide compares what actor has with what it wants, scopes included.
func decide(actor model.Actor, have, want model.Permission, subject string) error {
	switch {
	case have < want && actor.Anonymous():
		return signInFirst()
	case have < want:
		return deny(actor, subject, "%s may not change %s: that needs the permission %s, and yours is %s. Its owners can grant it.", actor.Login, subject, want, have)
	case !actor.PassesDoor():
		return missingScope(actor, subject)
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
		return missingScope(actor, "")
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
	return deny(actor, "", "Only an administrator of this site may do that.")
}

func signInFirst() error {
	return model.Errorf(model.Unauthenticated, "Sign in, or send a valid access token.")
}

func missingScope(actor model.Actor, subject string) error {
	if actor.HeaderScopes.HasAny(actor.Door...) {
		return deny(actor, subject, `A token in the address opens downloads only. Send it in a header: "Authorization: token TOKEN".`)
	}
	return deny(actor, subject, "The access token lacks the scope %s. Create one that has it.", actor.Door[0])
}

// sight is what of all channels actor sees in lists, counts and searches. A
// token without the route's scope sees what anonymous sees.
func (r *Registry) sight(actor model.Actor) (store.Sight, error) {
	if !r.Anonymous {
		if err := RequireSelf(actor); err != nil {
			return store.Sight{}, err
		}
	}
	if actor.Anonymous() || !actor.PassesDoor() {
		return store.Sight{}, nil
	}
	own := []int64{actor.AccountID}
	if actor.UserID != 0 && actor.UserID != actor.AccountID { // somebody acts as an organization
		own = append(own, actor.UserID)
	}
	return store.Sight{SignedIn: true, Owns: own, User: actor.UserID}, nil
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
	case actor.UserID == 0:
		return store.Sight{SignedIn: true}, channelindex.Authenticated, nil
	}
	set, err := tx.GrantSet(ctx, actor.UserID, account.ID)
	if err != nil || len(set.Packages) == 0 {
		return store.Sight{SignedIn: true}, channelindex.Authenticated, err
	}
	return store.Sight{SignedIn: true, Packages: set.Packages}, channelindex.Visibility("grants " + set.Key), nil
}
