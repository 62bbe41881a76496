package registry

import (
	"context"
	"fmt"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Reason is one rule that was looked at.
type Reason struct {
	Rule       string           // such as "owner", "group writers", "access"
	Text       string           // one sentence
	Permission model.Permission // what the rule gives
	Decides    bool             // the rule that gives the result
}

// Asker is whom an explanation is about: a user, a token of an account, or with
// neither somebody who is not signed in. Wants is what they would like to do.
type Asker struct {
	Login, Token string
	Wants        model.Permission
}

// Explanation says what somebody may do to a package and by which rule.
type Explanation struct {
	Asker
	Subject    string // owner/package
	Permission model.Permission
	// Unread says of a token that it changes the package and has no scope to read it.
	Unread  bool
	Reasons []Reason // every rule, also those that give nothing
	// Remedies would each give what Wants says, and all of them together to who is not
	// signed in. There are none for who has it.
	Remedies []Remedy
}

// Allowed reports whether the asker may do what is wanted.
func (e Explanation) Allowed() bool {
	return e.Permission >= e.Wants && (!e.Unread || e.Wants >= model.Write)
}

// Explain tells the owners of a package, and the operator, what somebody may do to
// it and why. A token is only explained to who administers its account.
func (r *Registry) Explain(ctx context.Context, actor model.Actor, asker Asker, owner, name string) (Explanation, error) {
	var out Explanation
	err := r.Store.InReadTx(ctx, func(tx *store.Store) error {
		d, err := r.findPackage(ctx, tx, actor, owner, name, model.Admin)
		if err != nil {
			return err
		}
		asker.Login = model.FoldLogin(asker.Login)
		who, account, token, err := r.identify(ctx, tx, actor, asker)
		if err != nil {
			return err
		}
		out.Asker, out.Subject = asker, d.FullName()
		if out.Reasons, err = r.reasons(ctx, tx, who, account, d); err != nil {
			return err
		}
		out.decide()
		if !out.Allowed() {
			if out.Remedies, err = r.remedies(ctx, tx, actor, account, asker.Wants, d); err != nil {
				return err
			}
		}
		switch {
		case account.Disabled:
			out.refuse(Reason{Rule: "account", Text: "The account is disabled: none of its credentials is valid."})
			out.Remedies = []Remedy{{Text: fmt.Sprintf("An administrator of the site enables %s.", account.Login)}}
		case asker.Token != "" && token.Expired(r.Clock.Now()):
			out.refuse(Reason{Rule: "token " + token.Name, Text: "It has expired: every request with it is refused."})
			out.Remedies = []Remedy{{Text: fmt.Sprintf("Create another token in the place of %s.", token.Name), At: AtTokens}}
		case asker.Token != "":
			out.limit(token, r.accessReason(model.Actor{}, d).Permission)
		}
		return nil
	})
	return out, err
}

// identify finds whom a question is about.
func (r *Registry) identify(ctx context.Context, tx *store.Store, actor model.Actor, asker Asker) (who model.Actor, account model.Account, token model.Token, err error) {
	switch {
	case asker.Token != "":
		account, token, err = r.knownToken(ctx, tx, actor, asker)
	case asker.Login != "":
		account, err = findUser(ctx, tx, asker.Login)
	default:
		return who, account, token, nil
	}
	return userActor(who, account), account, token, err
}

// reasons lists every rule and what it gives, the strongest kind first.
func (r *Registry) reasons(ctx context.Context, tx *store.Store, who model.Actor, user model.Account, d PackageDetail) ([]Reason, error) {
	list := []Reason{{Rule: "owner", Text: "Is not an owner of " + d.Owner + "."}}
	if !who.Anonymous() {
		owner, err := owns(ctx, tx, who, d.Account)
		if err != nil {
			return nil, err
		}
		if owner {
			list[0] = Reason{Rule: "owner", Text: "Owns " + d.Owner + ", and so everything in it.", Permission: model.Admin}
		}
		grants, err := tx.Grants(ctx, user.ID, d.AccountID)
		if err != nil {
			return nil, err
		}
		for _, g := range grants {
			switch g.PackageID {
			case 0:
				list = append(list, Reason{g.Source, fmt.Sprintf("The %s gives %s on every package of %s.", g.Source, g.Permission, d.Owner), g.Permission, false})
			case d.ID:
				list = append(list, Reason{g.Source, onThis(g), g.Permission, false})
			}
		}
	}
	return append(list, r.accessReason(who, d)), nil
}

// onThis says what a grant gives on a single package.
func onThis(g store.Grant) string {
	switch g.Base {
	case model.NoAccess:
		return fmt.Sprintf("Is a collaborator of this package, with %s.", g.Permission)
	case g.Permission:
		return fmt.Sprintf("The %s gives %s on this package.", g.Source, g.Permission)
	}
	return fmt.Sprintf("The %s gives %s on this package alone; its own permission is %s.", g.Source, g.Permission, g.Base)
}

// accessReason is what the package's access level and the channel's door give.
func (r *Registry) accessReason(who model.Actor, d PackageDetail) Reason {
	rule := Reason{Rule: "access", Text: fmt.Sprintf("The package is %s.", d.Access)}
	switch {
	case who.Anonymous() && r.closed(d.Account):
		rule.Text += " The channel is closed: nothing is shown without signing in."
	case d.Access == model.Public:
		rule.Permission, rule.Text = model.Read, rule.Text+" Anyone may read it."
	case d.Access == model.Authenticated && !who.Anonymous():
		rule.Permission, rule.Text = model.Read, rule.Text+" Whoever is signed in may read it."
	case d.Access == model.Authenticated:
		rule.Text += " That takes signing in."
	default:
		rule.Text += " Only owners, collaborators and groups see it."
	}
	return rule
}

// decide marks the strongest rule.
func (e *Explanation) decide() {
	best := 0
	for i, rule := range e.Reasons {
		if rule.Permission > e.Reasons[best].Permission {
			best = i
		}
	}
	if e.Reasons[best].Permission == model.NoAccess {
		best = len(e.Reasons) - 1 // the access level is what keeps them out
	}
	e.overrule(best)
}

// refuse puts a rule before all others that takes everything away.
func (e *Explanation) refuse(why Reason) {
	e.Reasons = append([]Reason{why}, e.Reasons...)
	e.overrule(0)
}

// overrule makes one of the rules decide, whichever did before.
func (e *Explanation) overrule(by int) {
	for i := range e.Reasons {
		e.Reasons[i].Decides = i == by
	}
	e.Permission = e.Reasons[by].Permission
}

// PackageGroups lists the groups that a package is attached to, for who
// administers it.
func (r *Registry) PackageGroups(ctx context.Context, actor model.Actor, owner, name string) ([]model.Group, error) {
	d, err := r.findPackage(ctx, r.Store, actor, owner, name, model.Admin)
	if err != nil {
		return nil, err
	}
	return r.Store.PackageGroups(ctx, d.ID)
}
