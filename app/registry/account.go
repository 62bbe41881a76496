package registry

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Account returns a user or organization. Account names are public: an unknown
// one is NotFound, unless nothing at all is public here.
func (r *Registry) Account(ctx context.Context, actor model.Actor, login string) (model.Account, error) {
	return r.account(ctx, r.Store, actor, login)
}

func (r *Registry) account(ctx context.Context, tx *store.Store, actor model.Actor, login string) (model.Account, error) {
	a, err := tx.Account(ctx, model.FoldLogin(login))
	if model.CodeOf(err) == model.NotFound {
		if !r.Anonymous && actor.Anonymous() {
			return a, signInFirst()
		}
		return a, model.Errorf(model.NotFound, "User \"%s\" does not exist.", shorten(login))
	}
	if err != nil {
		return a, err
	}
	return a, r.enter(actor, a)
}

// shorten bounds what of a request stands in a sentence.
func shorten(s string) string { return cut(s, 80) }

// cut keeps the first letters of s.
func cut(s string, most int) string {
	s = strings.ToValidUTF8(s, "?")
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}

// maxClient bounds what is kept of what a client calls itself: browsers say it at
// length, the best last.
const maxClient = 300

// MayManage reports whether actor administers the account: its tokens and
// settings.
func (r *Registry) MayManage(ctx context.Context, actor model.Actor, login string) (bool, error) {
	a, err := r.account(ctx, r.Store, actor, login)
	if err != nil {
		return false, err
	}
	return owns(ctx, r.Store, actor, a)
}

// MayPublish reports whether actor may make packages in the account.
func (r *Registry) MayPublish(ctx context.Context, actor model.Actor, login string) (bool, error) {
	a, err := r.account(ctx, r.Store, actor, login)
	if err != nil {
		return false, err
	}
	have, err := rightsOn(ctx, r.Store, actor, a)
	return have.onAccount() >= model.Write, err
}

// PublishesTo lists the logins of the accounts in which the person behind actor may
// make packages, their own first.
func (r *Registry) PublishesTo(ctx context.Context, actor model.Actor) ([]string, error) {
	if actor.UserID == 0 {
		return nil, signInFirst()
	}
	me, err := r.Store.AccountByID(ctx, actor.UserID)
	if err != nil {
		return nil, err
	}
	logins := []string{me.Login}
	list, err := r.Store.OrganizationsFilled(ctx, actor.UserID)
	for _, org := range list {
		logins = append(logins, org.Login)
	}
	return logins, err
}

// Profile is what an account tells about itself.
type Profile struct{ Name, Description, Company, Location, URL string }

// UpdateProfile changes what the account that actor acts as tells about itself.
func (r *Registry) UpdateProfile(ctx context.Context, actor model.Actor, in Profile) error {
	if err := RequireSelf(actor); err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := tx.AccountByID(ctx, actor.AccountID)
		if err != nil {
			return err
		}
		if err := r.requireAccount(ctx, tx, actor, a, model.Admin); err != nil {
			return err
		}
		a.Name, a.Description, a.Company, a.Location, a.URL = in.Name, in.Description, in.Company, in.Location, in.URL
		if err := tx.UpdateAccount(ctx, &a, "name", "description", "company", "location", "url"); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "account.profile", a.Login, "")
	})
	if err != nil {
		return err
	}
	r.done(ctx, "profile changed", actor)
	return nil
}

func (p *Profile) check() error {
	var problems []error
	for field, value := range map[string]*string{"name": &p.Name, "company": &p.Company, "location": &p.Location, "url": &p.URL, "description": &p.Description} {
		*value = strings.TrimSpace(*value)
		limit := 200
		if field == "description" {
			limit = 2000
		}
		if utf8.RuneCountInString(*value) > limit {
			problems = append(problems, model.FieldErrorf(field, "Use at most %d characters.", limit))
		} else if field != "description" && !model.PlainLine(*value) {
			problems = append(problems, model.FieldErrorf(field, "Write one line, without control characters."))
		}
	}
	if p.URL != "" && !webURL(p.URL) {
		problems = append(problems, model.FieldErrorf("url", "Give an address that begins with http:// or https://."))
	}
	return errors.Join(problems...)
}

// webURL reports whether s is an absolute http or https URL: the only kind that
// is stored to be shown as a link (X5).
func webURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
