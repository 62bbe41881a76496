package views

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"vivarium/app/model"
)

// TokensProps is the page of an account's access tokens.
type TokensProps struct {
	Layout   LayoutProps
	Base     string
	Owner    Account
	Personal bool // the account is the person's own
	Tokens   []model.Token
	// Confirm is the id of the token that is about to be revoked, or 0.
	Confirm int64
	// Focus is the id of the token whose row takes the focus, or 0.
	Focus int64
	// FocusHeading says that the list's heading takes it: there is no row.
	FocusHeading bool
	Form         TokenForm
	// New is the token just made, or nil.
	New *NewToken
}

// NewToken is a token with its secret, which is drawn once.
type NewToken struct {
	model.Token
	Secret string
}

// TokenForm is what stands in the form for a new token.
type TokenForm struct {
	Name     string
	Preset   string
	Scopes   []string
	Lifetime []Option
	Errors   map[string]string
}

// Preset is a usual choice of scopes under a name that says what it is for.
type Preset struct {
	Value, Name, Text string
	Scopes            []string
}

// CustomPreset is the choice to tick scopes one by one.
const CustomPreset = "custom"

// Presets are the choices of the form for a new token; the first is the default.
var Presets = []Preset{
	{"install", "Install only", "Download packages, nothing else", scopes(model.ScopeCondaDownload, model.ScopePyPIDownload)},
	{"ci", "CI upload", "Install, upload and change packages", scopes(model.ScopeAPIWrite, model.ScopeRepos)},
	{"all", "Everything", "For your own machine", scopes(model.ScopeAll)},
	{CustomPreset, "Choose scopes", "Tick them in the list below", nil},
}

func scopes(list ...model.Scope) []string { return model.ScopeSet(list).Strings() }

var tokenOrder = []Problem{{"name", "Token name"}, {"expires", "Expires"}, {"scopes", "Scopes"}}

func (f TokenForm) problems() []Problem { return problemsOf(f.Errors, tokenOrder) }

// purpose names what a token may do, by the preset with the same scopes.
func purpose(t model.Token) string {
	for _, p := range Presets {
		if set, err := model.ParseScopes(p.Scopes); err == nil && p.Value != CustomPreset && set.String() == t.Scopes {
			return p.Name
		}
	}
	return "Chosen scopes"
}

// scopeNode is a scope with those it includes, as the form's tree draws them.
type scopeNode struct {
	model.ScopeInfo
	children []scopeNode
}

// scopeTree is how the form groups the scopes: below all, repos stands for the
// two kinds of repository beside it.
var scopeTree = []scopeNode{node(model.ScopeAll,
	node(model.ScopeRepos),
	node(model.ScopeConda, node(model.ScopeCondaDownload)),
	node(model.ScopePyPI, node(model.ScopePyPIDownload), node(model.ScopePyPIUpload)),
	node(model.ScopeAPI, node(model.ScopeAPIRead), node(model.ScopeAPIWrite), node(model.ScopeAPIModifyGroup)),
)}

func node(s model.Scope, children ...scopeNode) scopeNode {
	i := slices.IndexFunc(model.Scopes, func(info model.ScopeInfo) bool { return info.Scope == s })
	return scopeNode{model.Scopes[i], children}
}

func (f TokenForm) ticked(s model.Scope) bool { return slices.Contains(f.Scopes, string(s)) }

func tokenRowID(id int64) string { return "token-" + strconv.FormatInt(id, 10) }

// day writes a date.
func day(t time.Time) string { return t.UTC().Format("2 Jan 2006") }

// expiry says when a token ends, and the kind of badge that goes with it: empty
// for none.
func expiry(t model.Token, now time.Time) (text, badge string) {
	switch left := t.ExpiresAt.Sub(now); {
	case t.ExpiresAt.IsZero():
		return "Never", ""
	case t.Expired(now):
		return "Expired " + day(t.ExpiresAt), "danger"
	case left < 24*time.Hour:
		return day(t.ExpiresAt) + ", within a day", "warn"
	case t.ExpiresSoon(now):
		return day(t.ExpiresAt) + ", in " + plural(int(left/(24*time.Hour)), "day", "days"), "warn"
	}
	return day(t.ExpiresAt), ""
}

// LifetimeName is the choice of a token's life in days, which ends at end.
func LifetimeName(days int, end time.Time) string {
	if days == 365 {
		return "In one year, " + day(end)
	}
	return "In " + plural(days, "day", "days") + ", " + day(end)
}

// until says how long a new token works.
func until(t model.Token) string {
	if t.ExpiresAt.IsZero() {
		return "without an end"
	}
	return "until " + day(t.ExpiresAt)
}

// lastUse says when a token was last seen, and with what.
func lastUse(t model.Token, now time.Time) string {
	if t.LastUsedAt.IsZero() {
		return "It was never used."
	}
	return strings.TrimSpace("It was last used "+ago(t.LastUsedAt, now)+" "+usedBy(t)) + "."
}

// usedBy says from where and with which client a token was last used.
func usedBy(t model.Token) string {
	addr, client, _ := strings.Cut(strings.TrimSpace(t.LastUsedBy), " ")
	switch {
	case addr == "":
		return ""
	case client == "":
		return "from " + addr
	}
	return "from " + addr + " with " + clientName(client)
}

// clientName is what a client calls itself, without the rest of its words: pip
// 26.3.
func clientName(agent string) string {
	product, _, _ := strings.Cut(agent, " ")
	name, version, _ := strings.Cut(product, "/")
	switch {
	case name == "Mozilla":
		return "a browser"
	case name == "" || version == "":
		return shortClient(agent)
	}
	return shortClient(name + " " + version)
}

// endingTokens says in one sentence which tokens end soon.
func endingTokens(tokens []model.Token, now time.Time) string {
	var parts []string
	for _, t := range tokens[:min(len(tokens), 3)] {
		end, _ := expiry(t, now)
		parts = append(parts, t.Name+" ("+end+")")
	}
	if more := len(tokens) - len(parts); more > 0 {
		parts = append(parts, "and "+plural(more, "other", "others"))
	}
	return strings.Join(parts, "; ")
}

// soon counts the tokens that end soon.
func (p TokensProps) soon() int {
	n := 0
	for _, t := range p.Tokens {
		if t.ExpiresSoon(p.Layout.Now) {
			n++
		}
	}
	return n
}

// nextFocus is the id of the row after the one called id, or before it when it is
// the last; 0 when there is no other.
func nextFocus(tokens []model.Token, id int64) int64 {
	i := slices.IndexFunc(tokens, func(t model.Token) bool { return t.ID == id })
	switch {
	case i < 0 || len(tokens) == 1:
		return 0
	case i+1 < len(tokens):
		return tokens[i+1].ID
	}
	return tokens[i-1].ID
}

// WithoutToken returns p as it is when the token called id is gone: its row is
// left out and the next one takes the focus.
func (p TokensProps) WithoutToken(id int64) TokensProps {
	p.Focus = nextFocus(p.Tokens, id)
	p.FocusHeading = p.Focus == 0
	p.Tokens = slices.DeleteFunc(slices.Clone(p.Tokens), func(t model.Token) bool { return t.ID == id })
	return p
}
