package registry

import (
	"context"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// knownToken returns a token that actor may look at with its account. Whether there
// is one that actor may not is not said.
func (r *Registry) knownToken(ctx context.Context, tx *store.Store, actor model.Actor, asker Asker) (model.Account, model.Token, error) {
	var token model.Token
	account, err := r.manage(ctx, tx, actor, asker.Login)
	if err == nil {
		token, err = tx.Token(ctx, account.ID, asker.Token)
	}
	if code := model.CodeOf(err); err != nil && (code == model.NotFound || code == model.Forbidden) {
		err = model.FieldErrorf("username", "%s has no token %q that you may look at.", shorten(asker.Login), shorten(asker.Token))
	}
	return account, token, err
}

// doors are what scopes open of a package, and the permission that is of use there.
var doors = []struct {
	scopes []model.Scope
	text   string
	gives  model.Permission
}{
	{[]model.Scope{model.ScopeCondaDownload}, "install with conda", model.Read},
	{[]model.Scope{model.ScopePyPIDownload}, "install with pip and uv", model.Read},
	{[]model.Scope{model.ScopeAPIRead}, "read over the API", model.Read},
	{[]model.Scope{model.ScopeConda, model.ScopeAPIWrite}, "upload conda packages", model.Write},
	{[]model.Scope{model.ScopePyPIUpload}, "upload Python packages", model.Write},
	{[]model.Scope{model.ScopeAPIWrite}, "change and remove over the API", model.Admin},
}

// limit adds what the token's scopes leave of the permission. What anyone may do
// takes no scope. What the account lacks, no token gives.
func (e *Explanation) limit(token model.Token, anyone model.Permission) {
	most, texts, reads := model.NoAccess, []string{}, anyone >= model.Read
	for _, d := range doors {
		if !token.ScopeSet().HasAny(d.scopes...) {
			continue
		}
		texts, reads = append(texts, d.text), reads || d.gives == model.Read
		if d.gives <= e.Permission {
			most = max(most, d.gives)
		}
	}
	scopes := len(e.Reasons)
	e.Reasons = append(e.Reasons, Reason{Rule: "token " + token.Name, Permission: most, Text: "Its scopes (" + token.Scopes + ") let it " + sentence(texts) + "."})
	switch {
	case most >= e.Permission:
	case most < anyone:
		e.overrule(scopes - 1) // the access level
	default:
		e.overrule(scopes)
	}
	e.Unread = e.Permission >= model.Write && !reads
	if !e.Allowed() && len(e.Remedies) == 0 {
		e.Remedies = []Remedy{anotherToken(token, e.Wants)}
	}
}

// sentence joins what a token may do.
func sentence(texts []string) string {
	if len(texts) == 0 {
		return "do nothing with packages"
	}
	last := len(texts) - 1
	if last == 0 {
		return texts[0]
	}
	return strings.Join(texts[:last], ", ") + " and " + texts[last]
}
