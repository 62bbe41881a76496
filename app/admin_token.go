package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vivarium/app/config"
	"vivarium/app/model"
	"vivarium/app/registry"
)

const createTokenHelp = `Makes an access token that acts as a user. With --org it acts as an organization that
the user owns. Prints the secret alone on stdout, this once. Without --expires it lives as
long as tokens.lifetime says.`

// tokenFlags are the flags of create-token.
type tokenFlags struct{ name, scopes, org, expires string }

func newCreateToken() *cobra.Command {
	var f tokenFlags
	cmd := &cobra.Command{
		Use: "create-token USER --name N --scopes 'repos conda:download'", Short: firstSentence(createTokenHelp), Long: createTokenHelp, Args: wants("USER"),
	}
	cmd.Flags().StringVar(&f.name, "name", "", "a name by which to tell it from others")
	cmd.Flags().StringVar(&f.scopes, "scopes", "", "what it may do at most, separated by blanks: "+scopeNames())
	cmd.Flags().StringVar(&f.org, "org", "", "the organization that it acts as")
	cmd.Flags().StringVar(&f.expires, "expires", "", "how long it lives, such as 365d or 12h")
	cmd.RunE = doing("creating a token of", func(cmd *cobra.Command, args []string) error {
		in, err := f.parse()
		if err != nil {
			return err
		}
		return asOperator(cmd, func(ctx context.Context, op operator) error {
			secret, err := op.createToken(ctx, args[0], f.org, in)
			if err != nil {
				return err
			}
			return say(cmd, "%s", secret)
		})
	})
	return cmd
}

func (f tokenFlags) parse() (registry.NewToken, error) {
	in := registry.NewToken{Name: f.name, Scopes: strings.FieldsFunc(f.scopes, func(r rune) bool { return r == ' ' || r == ',' })}
	if f.name == "" {
		return in, usagef("--name is missing")
	}
	if len(in.Scopes) == 0 {
		return in, usagef("--scopes is missing: %s", scopeNames())
	}
	if f.expires == "" {
		return in, nil
	}
	life, err := config.ParseDuration(f.expires)
	if err != nil {
		return in, usagef("--expires: %w", err)
	}
	if life <= 0 {
		return in, usagef("--expires: a token's life must be longer than nothing")
	}
	in.Lifetime = life
	return in, nil
}

// createToken makes a token of user, or of an organization that user owns.
func (op operator) createToken(ctx context.Context, user, org string, in registry.NewToken) (string, error) {
	a, err := op.Account(ctx, op.actor, user)
	if err != nil {
		return "", err
	}
	if a.IsOrganization() {
		return "", model.Errorf(model.Invalid, "%s is an organization. Name a user who owns it, and --org %s.", a.Login, a.Login)
	}
	maker, owner := op.actor, a.Login
	maker.UserID = a.ID
	if org != "" {
		owner = model.FoldLogin(org)
		if err := op.requireOwner(ctx, maker, a.Login, owner); err != nil {
			return "", err
		}
	}
	secret, _, err := op.CreateToken(ctx, maker, owner, in)
	return secret, err
}

func (op operator) requireOwner(ctx context.Context, maker model.Actor, user, org string) error {
	owned, err := op.OwnedBy(ctx, maker)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(owned, func(a model.Account) bool { return a.Login == org }) {
		return nil
	}
	return model.Errorf(model.Forbidden, "%s does not own an organization %s.", user, org)
}

func scopeNames() string {
	return strings.Join(rows(model.Scopes, func(s model.ScopeInfo) string { return string(s.Scope) }), " ")
}

const listTokensHelp = `Lists the access tokens of a user or an organization. The secrets are known to nobody.`

// tokenRow is a token in a listing.
type tokenRow struct {
	Name       string     `json:"name"`
	Scopes     []string   `json:"scopes"`
	CreatedAt  time.Time  `json:"created_at"`
	ExpiresAt  *time.Time `json:"expires_at"`
	LastUsedAt *time.Time `json:"last_used_at"`
	token      model.Token
}

func (t tokenRow) cells() []string {
	return []string{t.Name, t.token.Scopes, day(t.CreatedAt), day(t.token.ExpiresAt), day(t.token.LastUsedAt)}
}

func newListTokens() *cobra.Command {
	return newListing("list-tokens USER", listTokensHelp, "listing tokens of", wants("USER"), []string{"NAME", "SCOPES", "CREATED", "EXPIRES", "LAST USED"},
		func(ctx context.Context, op operator, args []string) ([]tokenRow, error) {
			tokens, err := op.Tokens(ctx, op.actor, args[0])
			return rows(tokens, func(t model.Token) tokenRow {
				return tokenRow{t.Name, t.ScopeSet().Strings(), t.CreatedAt, moment(t.ExpiresAt), moment(t.LastUsedAt), t}
			}), err
		})
}

const revokeTokenHelp = `Ends an access token of a user or an organization: the next request with it is refused.`

func newRevokeToken() *cobra.Command {
	return &cobra.Command{
		Use: "revoke-token USER NAME", Short: firstSentence(revokeTokenHelp), Long: revokeTokenHelp, Args: wants("USER", "NAME"),
		RunE: doing("revoking a token of", func(cmd *cobra.Command, args []string) error {
			err := asOperator(cmd, func(ctx context.Context, op operator) error {
				return op.RevokeToken(ctx, op.actor, args[0], args[1])
			})
			if err != nil {
				return err
			}
			return say(cmd, "revoked token %s of %s", args[1], args[0])
		}),
	}
}
