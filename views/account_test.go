package views

import "testing"

func TestSignUpPages(t *testing.T) {
	signedOut := LayoutProps{Title: "Sign up", Path: "/signup", Now: testNow}
	checkGolden(t, "account/sign_up", SignUpPage(SignUpProps{Layout: signedOut, MinPassword: 7}))
	checkGolden(t, "account/sign_up_errors", SignUpPage(SignUpProps{
		Layout: signedOut, MinPassword: 12, Username: canary, Email: "mara@reef", Accepted: true,
		Errors: map[string]string{
			"username": "Use only small letters, digits, - and _.", "email": "Give an address like name@example.org.",
			"password": "Use 12 characters or more.", "confirm": "The two passwords differ.", "terms": canary, "": "The site is full.",
		},
	}))
	checkGolden(t, "account/sign_up_closed", SignUpClosedPage(signedOut))
}

func TestSignInPages(t *testing.T) {
	signedOut := LayoutProps{Title: "Sign in", Path: "/signin", Now: testNow}
	checkGolden(t, "account/sign_in_next", SignInPage(SignInProps{Layout: signedOut, Next: "/labs?q=" + canary}))
	checkGolden(t, "account/sign_in_wrong", SignInPage(SignInProps{Layout: signedOut, Username: canary, Problem: "Wrong username or password."}))
}

func TestRecoveryPages(t *testing.T) {
	checkGolden(t, "account/forgot_username", RecoveryPage(RecoveryProps{}))
	checkGolden(t, "account/forgot_password", RecoveryPage(RecoveryProps{Password: true}))
}

func TestTermsPage(t *testing.T) {
	checkGolden(t, "account/terms", TermsPage(TermsProps{Paragraphs: []string{"Be kind.", "# Limits", canary}}))
}

func TestProfilePages(t *testing.T) {
	p := ProfileProps{
		Layout: testLayout("Profile"), Base: "https://pkgs.reef.example", Active: Account{Login: "brook"}, Personal: true, Email: "brook@reef.example",
		Photo: PhotoForm{Account: Account{Login: "brook"}},
		Name:  canary, Description: canary, Company: canary, Location: canary, URL: canary,
	}
	checkGolden(t, "account/profile", ProfilePage(p))
	p.Saved = true
	checkGolden(t, "account/profile_saved", ProfilePartial(p))
	p.Saved, p.Personal, p.Email, p.Active = false, false, "", Account{Login: "reef-lab", Organization: true}
	p.Photo = PhotoForm{Account: Account{Login: "reef-lab", Organization: true, Photo: "0123456789abcdef01234567"}, Gravatar: true, Problem: canary}
	p.Errors = map[string]string{"photo": canary, "url": "Give an address that begins with http:// or https://.", "description": "Use at most 2000 characters."}
	checkGolden(t, "account/profile_errors", ProfilePage(p))
}

func TestSecurityPages(t *testing.T) {
	p := SecurityProps{Layout: testLayout("Security"), Login: "brook", MinPassword: 7}
	checkGolden(t, "account/security", SecurityPage(p))
	p.Errors = map[string]string{"current": "That is not your current password.", "confirm": "The two passwords differ."}
	checkGolden(t, "account/security_errors", SecurityPartial(p))
	p.Errors, p.Changed = nil, true
	checkGolden(t, "account/security_changed", SecurityPartial(p))
}
