package views

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestRecoverySentPages(t *testing.T) {
	t.Parallel()
	out, expires := LayoutProps{Title: "Check your mail", Path: "/forgot-password", Now: testNow}, testNow.Add(24*time.Hour)
	checkGolden(t, "account/forgot_password_mail", RecoveryPage(RecoveryProps{Layout: out, Password: true, Mail: true}))
	checkGolden(t, "account/forgot_username_problem", RecoveryPage(RecoveryProps{Layout: out, Mail: true, Typed: canary, Problem: "Give an address like name@example.org."}))
	for name, typed := range map[string]string{"name": "brook", "address": "brook@reef.example", "canary": canary + "@reef.example"} {
		checkGolden(t, "account/sent_"+name, RecoverySentPage(RecoveryProps{Layout: out, Password: true, Mail: true, Typed: typed, Expires: expires}))
	}
	checkGolden(t, "account/sent_username", RecoverySentPage(RecoveryProps{Layout: out, Mail: true, Typed: "é@reef.example"}))
}

func TestResetPages(t *testing.T) {
	t.Parallel()
	p := ResetProps{Layout: LayoutProps{Title: "Choose a new password", Now: testNow}, Secret: "abc/?", Login: "brook", MinPassword: 7}
	checkGolden(t, "account/reset", ResetPage(p))
	for _, name := range []string{"ci", "laptop", canary, "d", "e", "not shown"} {
		p.Tokens = append(p.Tokens, model.Token{Name: name})
	}
	p.Revoke, p.Errors = true, map[string]string{"password": "Use 7 characters or more.", "confirm": canary}
	checkGolden(t, "account/reset_errors", ResetPage(p))
}

func TestPagesOfLinks(t *testing.T) {
	t.Parallel()
	layout := LayoutProps{Title: "Link", Now: testNow}
	checkGolden(t, "account/link_dead", DeadLinkPage(DeadLinkProps{Layout: layout, Message: "This link was used.", Again: ForgotPasswordURL(), AskFor: "Send a new link"}))
	checkGolden(t, "account/link_dead_for_good", DeadLinkPage(DeadLinkProps{Layout: layout, Message: canary}))
	checkGolden(t, "account/confirm_email", ConfirmEmailPage(ConfirmEmailProps{Layout: layout, Secret: "abc", Login: "brook", Email: "brook@reef.example"}))
	checkGolden(t, "account/confirm_email_refused", ConfirmEmailPage(ConfirmEmailProps{Layout: layout, Secret: "abc", Login: "brook", Email: canary, Problem: "Another account has confirmed this address."}))
}

func TestNewPasswordPages(t *testing.T) {
	t.Parallel()
	p := NewPasswordProps{Layout: LayoutProps{Title: "Choose your password", Now: testNow}, Login: "brook", MinPassword: 12}
	checkGolden(t, "account/new_password", NewPasswordPage(p))
	p.Accepted, p.Errors = true, map[string]string{"password": "Use 12 characters or more.", "terms": "Accept the Terms and Conditions."}
	checkGolden(t, "account/new_password_errors", NewPasswordPage(p))
}
