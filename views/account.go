package views

// SignUpProps is the sign-up form; after a failed try with what was typed, save
// the passwords.
type SignUpProps struct {
	Layout          LayoutProps
	Username, Email string
	Accepted        bool
	MinPassword     int
	// Errors holds a sentence per field: username, email, password, confirm,
	// terms.
	Errors map[string]string
}

// SignInProps is the sign-in form.
type SignInProps struct {
	Layout   LayoutProps
	Username string
	// Next is the page to go on to.
	Next string
	// Problem is why the last try failed.
	Problem string
	// Done is what was done before, to be told.
	Done string
}

// signUpOrder is how the form lists its problems: as the fields stand.
var signUpOrder = []Problem{{"username", "Username"}, {"email", "Email"}, {"password", "Password"}, {"confirm", "Confirm password"}, {"terms", "Terms"}}

func (p SignUpProps) problems() []Problem { return problemsOf(p.Errors, signUpOrder) }

func (p SignUpProps) fields() []Field {
	return []Field{
		{ID: "username", Label: "Username", Value: p.Username, Complete: "username", Verbatim: true, Error: p.Errors["username"],
			Hint: "Small letters, digits, - and _. It becomes your channel address."},
		{ID: "email", Label: "Email", Type: "email", Value: p.Email, Complete: "email", Error: p.Errors["email"]},
		{ID: "password", Label: "Password", Type: "password", Complete: "new-password", MinLength: p.MinPassword, Error: p.Errors["password"],
			Hint: passwordHint(p.MinPassword)},
		{ID: "confirm", Label: "Confirm password", Type: "password", Complete: "new-password", Error: p.Errors["confirm"]},
	}
}

func passwordHint(length int) string {
	return "At least " + plural(length, "character", "characters") + ". Not the username, not a commonly used one."
}

// problemsOf lists the sentences of errors, each after the name of its field, in
// the order of fields, which hold the names as their messages. The id of a field
// is its key in errors; an error of the whole form has none.
func problemsOf(errors map[string]string, fields []Problem) []Problem {
	var list []Problem
	for _, f := range fields {
		if message := errors[f.FieldID]; message != "" {
			list = append(list, Problem{f.FieldID, f.Message + ": " + message})
		}
	}
	if message := errors[""]; message != "" {
		list = append(list, Problem{Message: message})
	}
	return list
}

func (p SignInProps) fields() []Field {
	return []Field{
		{ID: "username", Label: "Username or email", Value: p.Username, Complete: "username", Verbatim: true},
		{ID: "password", Label: "Password", Type: "password", Complete: "current-password"},
	}
}

// heading says why one is asked to sign in.
func (p SignInProps) heading() string {
	if p.Next != "" {
		return "Sign in to go on"
	}
	return "Sign in"
}

// TermsProps is the Terms and Conditions: headings begin with "# ".
type TermsProps struct {
	Layout     LayoutProps
	Paragraphs []string
}
