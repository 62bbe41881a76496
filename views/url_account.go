package views

import "net/url"

// CheckSignUpURL takes the POST that looks at one field of the sign-up form while
// it is filled in.
func CheckSignUpURL(field string) string {
	return withQuery("/signup/check", url.Values{"field": {field}})
}

// InvitedURL is the sign-up form for who has an invitation.
func InvitedURL(secret string) string {
	return withQuery(SignUpURL(), url.Values{"invitation": {secret}})
}

// SignInAfterURL is the sign-in form with a word about what was done before.
func SignInAfterURL(done string) string {
	return withQuery("/signin", url.Values{"after": {done}})
}

// ResetPasswordURL is the form for a new password behind a mailed link.
func ResetPasswordURL(secret string) string { return path("reset-password", secret) }

// ConfirmEmailURL asks before, and takes the POST that, confirms an address.
func ConfirmEmailURL(secret string) string { return path("account", "confirm-email", secret) }

// NewPasswordURL is where somebody replaces a password that was chosen for them.
func NewPasswordURL() string { return "/account/new-password" }

// EmailURL takes the POST that changes the person's address.
func EmailURL() string { return "/account/email" }

// CheckUsernameURL takes the POST that looks at a new username while it is typed.
func CheckUsernameURL() string { return "/account/rename/check" }

// RenameURL asks before, and takes the POST that, renames the person.
func RenameURL() string { return "/account/rename" }

// DeleteAccountURL asks before, and takes the POST that, deletes the person's
// account.
func DeleteAccountURL() string { return "/account/delete" }

// ExportURL takes the POST that answers with the person's data.
func ExportURL() string { return "/account/export" }

// SessionsURL takes the POST that ends sessions of the person.
func SessionsURL() string { return "/account/sessions" }

// InvitationsURL lists the person's invitations and makes new ones.
func InvitationsURL() string { return "/account/invitations" }

// JoinURL takes the POST that accepts an invitation.
func JoinURL() string { return "/account/join" }
