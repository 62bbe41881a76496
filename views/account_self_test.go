package views

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestSelfPanels(t *testing.T) {
	t.Parallel()
	p := SelfProps{Login: "brook", Base: "https://pkgs.reef.example", Email: "brook@reef.example", Confirmed: true, Mail: true}
	checkGolden(t, "account/self", SelfPanels(p))
	p.Confirmed, p.Mail, p.Holdings = false, false, model.Holdings{Packages: 26, Notebooks: 6, Environments: 3, Tokens: 1}
	checkGolden(t, "account/self_without_mail", SelfPanels(p))
	p.Mail, p.NewEmail = true, canary+"@reef.example"
	p.TypedUsername, p.UsernameErrors = canary, map[string]string{"new-username": "Use only small letters, digits, - and _."}
	checkGolden(t, "account/self_waiting", SelfPanels(p))
	p.NewEmail, p.TypedEmail = "", canary
	p.EmailErrors = map[string]string{"new-email": "Give an address like name@example.org.", "email-password": "That is not your password."}
	checkGolden(t, "account/email_refused", EmailPartial(p))
	p.EmailErrors, p.Done = nil, "We sent a link to brook@lind.example."
	checkGolden(t, "account/email_changed", EmailPartial(p))
}

func TestUsernameField(t *testing.T) {
	t.Parallel()
	p := SelfProps{TypedUsername: "mara"}
	checkGolden(t, "account/username_free", FieldNotes(p.UsernameField(true)))
	p.UsernameErrors = map[string]string{"new-username": "mara is taken."}
	checkGolden(t, "account/username_taken", FieldNotes(p.UsernameField(true)))
}

func TestRenameAndDeletePages(t *testing.T) {
	t.Parallel()
	rename := RenameProps{Layout: testLayout("Rename"), Base: "https://pkgs.reef.example", Login: "brook", To: "mara"}
	checkGolden(t, "account/rename", RenamePage(rename))
	rename.Problem = "That is not your password."
	checkGolden(t, "account/rename_refused", RenamePage(rename))
	p := DeleteAccountProps{
		Layout: testLayout("Delete account"), Login: "brook", Sessions: 2,
		Holdings: model.Holdings{Packages: 26, Notebooks: 6, Environments: 3, Files: 148, Bytes: 3_100_000_000, Tokens: 4},
	}
	checkGolden(t, "account/delete", DeleteAccountPage(p))
	p.Errors = map[string]string{"typed": "Type brook.", "password": "That is not your password."}
	checkGolden(t, "account/delete_refused", DeleteAccountPage(p))
	p.Errors, p.OnlyOwnerOf = nil, []model.Account{testLab}
	checkGolden(t, "account/delete_only_owner", DeleteAccountPage(p))
}

func TestSessionsAndLog(t *testing.T) {
	t.Parallel()
	const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
	p := SecurityProps{Layout: testLayout("Security"), Login: "brook", MinPassword: 7, Now: testNow, Here: 2}
	p.Sessions = []model.SignIn{
		{ID: 2, Client: firefox, RemoteAddr: "192.0.2.7", CreatedAt: testNow.Add(-5 * time.Hour), SeenAt: testNow},
		{ID: 3, Client: canary, RemoteAddr: "2001:db8::1", CreatedAt: testNow.Add(-50 * time.Hour), SeenAt: testNow.Add(-time.Hour)},
	}
	for _, action := range []string{"session.create", "session.refuse", "account.photo", "token.create", "user.change-email", "new.kind"} {
		p.Lines = append(p.Lines, model.AuditLine{At: testNow.Add(-time.Hour), Actor: "brook", Account: "brook", Action: action, Subject: "ci", Detail: canary, RemoteAddr: "192.0.2.7", Client: firefox})
	}
	p.More, p.Kind = true, "session"
	checkGolden(t, "account/sessions", SessionsPanel(p))
	checkGolden(t, "account/events", EventsPanel(p))
	p.Sessions, p.Ended = p.Sessions[:1], SessionsEnded(1)
	checkGolden(t, "account/sessions_ended", SessionsPartial(p))
	p.Lines = nil
	checkGolden(t, "account/events_none", EventsPanel(p))
}
