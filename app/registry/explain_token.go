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
// takes no scope. What the account lacks, no other token gives.
func (e *Explanation) limit(token model.Token, anyone model.Permission) {
	most, texts := model.NoAccess, []string{}
	for _, d := range doors {
		if token.ScopeSet().HasAny(d.scopes...) {
			most, texts = max(most, d.gives), append(texts, d.text)
		}
	}
	why := Reason{Rule: "token " + token.Name, Permission: most, Text: "Its scopes (" + token.Scopes + ") let it " + sentence(texts) + "."}
	if e.Reasons = append(e.Reasons, why); most < e.Permission {
		e.overrule(len(e.Reasons) - 1)
		e.Permission = max(most, anyone)
	}
	if e.Permission < e.Wants && len(e.Remedies) == 0 {
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
