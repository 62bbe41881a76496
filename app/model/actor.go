package model

// Credential is what a program sent to say who it is: a token, or a login and
// password. At most one form is set.
type Credential struct {
	Token    string
	InPath   bool // the token stood in the URL's path: only downloads act
	Login    string
	Password string
}

// IsZero reports whether nothing was sent.
func (c Credential) IsZero() bool { return c == Credential{} }

// Actor is who a request acts as. The zero Actor is anonymous.
type Actor struct {
	// AccountID and Login are of the account the request acts as.
	AccountID int64
	Login     string
	Kind      AccountKind
	// UserID is the person behind it; 0 for an organization's token.
	UserID int64
	// Scopes limits a token; sessions and passwords carry AllScopes.
	Scopes ScopeSet
	// HeaderScopes is what a token in the path would open in a header; none for
	// other credentials.
	HeaderScopes ScopeSet
	// TokenID is the token that was sent, 0 for sessions and passwords.
	TokenID   int64
	TokenName string
	// IsAdmin marks a site administrator.
	IsAdmin bool
	// Operator marks the person at the machine: app admin.
	Operator bool
	// MustChoosePassword marks a person whose password somebody else chose; pages
	// let them choose one of their own, and nothing else.
	MustChoosePassword bool
	// SignInID is the browser's session, 0 for programs.
	SignInID int64
	// Door is the scopes of which the request's route asks one; see the route
	// table in registry. None for pages.
	Door []Scope
	// RemoteAddr and Client say from where, for the audit log.
	RemoteAddr string
	Client     string
	// Base is the address under which the client sees the site, for links that are
	// mailed.
	Base string
}

// Anonymous reports whether nobody is signed in.
func (a Actor) Anonymous() bool { return a.AccountID == 0 && !a.Operator }

// Name returns the login for logs and audit lines, "anonymous" when there is
// none.
func (a Actor) Name() string {
	if a.Login == "" {
		return "anonymous"
	}
	return a.Login
}

// PassesDoor reports whether the actor's scopes open the request's route. Who is
// not limited by a token passes every door.
func (a Actor) PassesDoor() bool {
	return a.TokenID == 0 || len(a.Door) == 0 || a.Scopes.HasAny(a.Door...)
}

// LocalOperator is the actor of the admin commands.
func LocalOperator() Actor { return Actor{Login: "operator", Operator: true, Client: "app admin"} }
