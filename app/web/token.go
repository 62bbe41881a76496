package web

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"vivarium/app/model"
	"vivarium/views"
)

// showTokens draws an account's access tokens and the form for another.
func (ui *Surface) showTokens(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.tokensProps(r)
	if err != nil {
		return err
	}
	p.Focus, _ = strconv.ParseInt(r.URL.Query().Get("kept"), 10, 64)
	return ui.drawTokens(w, r, http.StatusOK, p, views.ActiveTokens)
}

// createToken makes a token and shows its secret in the answer, this once.
func (ui *Surface) createToken(w http.ResponseWriter, r *http.Request) error {
	form, in := readTokenForm(r)
	secret, token, err := "", model.Token{}, in.problem
	if err == nil {
		secret, token, err = ui.Registry.CreateToken(r.Context(), ui.actor(r), r.PathValue("channel"), in.NewToken)
	}
	if err != nil && correctable(err) == nil {
		return err
	}
	p, failed := ui.tokensProps(r)
	if failed != nil {
		return failed
	}
	if err != nil {
		form.Errors, form.Lifetime = correctable(err), ui.lifetimes(r.PostFormValue("expires"))
		p.Form = form
		return ui.drawTokens(w, r, http.StatusUnprocessableEntity, p, views.TokensColumn)
	}
	p.New = &views.NewToken{Token: token, Secret: secret}
	return ui.drawTokens(w, r, http.StatusOK, p, views.TokenCreated)
}

// confirmRevoke asks before a token is revoked.
func (ui *Surface) confirmRevoke(w http.ResponseWriter, r *http.Request) error {
	token, err := ui.tokenInPath(r)
	if err != nil {
		return err
	}
	p, err := ui.tokensProps(r)
	if err != nil {
		return err
	}
	p.Confirm = token.ID
	return ui.drawTokens(w, r, http.StatusOK, p, views.ActiveTokens)
}

// revokeToken ends a token.
func (ui *Surface) revokeToken(w http.ResponseWriter, r *http.Request) error {
	token, err := ui.tokenInPath(r)
	if err != nil {
		return err
	}
	before, err := ui.tokensProps(r)
	if err != nil {
		return err
	}
	if err := ui.Registry.RevokeTokenByID(r.Context(), ui.actor(r), r.PathValue("channel"), token.ID); err != nil {
		return err
	}
	if !wantsPartial(r) {
		ui.flash(r, "Revoked "+token.Name+".")
		return ui.redirect(w, r, views.TokensURL(before.Owner.Login))
	}
	p := before.WithoutToken(token.ID)
	return ui.draw(w, r, http.StatusOK, views.TokensPage(p), views.TokenRevoked(p, token.Name))
}

// tokenInPath returns the token that the path names, among those of the channel
// in the path.
func (ui *Surface) tokenInPath(r *http.Request) (model.Token, error) {
	id, err := strconv.ParseInt(r.PathValue("token"), 10, 64)
	if err != nil {
		return model.Token{}, model.Errorf(model.NotFound, "There is no such token.")
	}
	return ui.Registry.TokenByID(r.Context(), ui.actor(r), r.PathValue("channel"), id)
}

func (ui *Surface) tokensProps(r *http.Request) (views.TokensProps, error) {
	ctx, actor := r.Context(), ui.actor(r)
	account, err := ui.Registry.Account(ctx, actor, r.PathValue("channel"))
	if err != nil {
		return views.TokensProps{}, err
	}
	tokens, err := ui.Registry.Tokens(ctx, actor, account.Login)
	if err != nil {
		return views.TokensProps{}, err
	}
	return views.TokensProps{
		Base: baseURL(r), Owner: views.AccountOf(account), Personal: account.Login == visitorOf(r).person.Login, Tokens: tokens,
		Form: views.TokenForm{Preset: views.Presets[0].Value, Lifetime: ui.lifetimes("")},
	}, nil
}

// drawTokens draws the page, or the part of it that htmx asked for.
func (ui *Surface) drawTokens(w http.ResponseWriter, r *http.Request, status int, p views.TokensProps, partial func(views.TokensProps) templ.Component) error {
	p.Layout = ui.layout(r, "Access tokens of "+p.Owner.Login)
	p.Layout.Failed = len(p.Form.Errors) > 0
	return ui.draw(w, r, status, views.TokensPage(p), partial(p))
}
