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
	// Invited is who asked this person to sign up, or nil.
	Invited *Invited
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
	list := []Field{
		{ID: "username", Label: "Username", Value: p.Username, Complete: "username", Verbatim: true, Hint: "Small letters, digits, - and _. It becomes your channel address."},
		{ID: "email", Label: "Email", Type: "email", Value: p.Email, Complete: "email"},
		{ID: "password", Label: "Password", Type: "password", Complete: "new-password", MinLength: p.MinPassword, Hint: passwordHint(p.MinPassword)},
		{ID: "confirm", Label: "Confirm password", Type: "password", Complete: "new-password"},
	}
	for i, f := range list {
		list[i].Error, list[i].Check = p.Errors[f.ID], CheckSignUpURL(f.ID)
		if f.ID == "email" && p.Invited != nil && p.Invited.Email != "" {
			list[i].Value, list[i].Fixed, list[i].Check = p.Invited.Email, true, ""
		}
	}
	return list
}

// Checked is the field of the sign-up form called id after it was looked at: what
// is wrong with it, or a word that it is right.
func (p SignUpProps) Checked(id string) (Field, bool) {
	for _, f := range p.fields() {
		if f.ID != id {
			continue
		}
		if id == "username" && p.Username != "" && f.Error == "" {
			f.Hint = p.Username + " is free. It becomes your channel address."
		}
		return f, true
	}
	return Field{}, false
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
