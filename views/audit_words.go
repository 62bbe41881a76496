package views

import (
	"strings"

	"vivarium/app/model"
)

// deeds says in words what the lines of the audit log record. A * stands for what
// was changed, a ~ for the detail and an @ for the account; a detail without a ~
// stands below.
var deeds = map[string]string{
	"account.photo": "changed the photo of *", "account.profile": "changed the profile of *",
	"channel.reindex": "had the index of * made anew", "channel.settings": "changed the settings of *",
	"collection.create": "created the collection *", "collection.update": "changed the collection *", "collection.delete": "deleted the collection *",
	"collection.add": "added ~ to the collection *", "collection.remove": "took ~ out of the collection *",
	"file.publish": "published *", "file.replace": "replaced *", "file.copy": "made the copy *", "file.delete": "removed *", "file.reread": "read * again",
	"file.labels": "changed the labels of *", "file.yank": "yanked *", "file.unyank": "took back the yank of *",
	"file.patch": "patched the record of *", "file.unpatch": "took back the patch of *",
	"group.create": "created the group *", "group.update": "changed the rights of the group *", "group.delete": "deleted the group *",
	"group.add-member": "added ~ to the group *", "group.remove-member": "removed ~ from the group *", "group.leave": "left the group *",
	"group.add-package": "added the package ~ to the group *", "group.remove-package": "took the package ~ out of the group *",
	"group.set-level":   "set a level of the group *",
	"invitation.create": "invited *", "invitation.accept": "accepted the invitation as *", "invitation.revoke": "took back the invitation of *",
	"label.create": "created the label *", "label.delete": "deleted the label *", "label.lock": "locked the label *", "label.unlock": "unlocked the label *",
	"notice.create": "published a notice in *", "notice.update": "changed a notice in *", "notice.delete": "deleted a notice in *",
	"organization.create": "created the organization *", "organization.profile": "changed the profile of *", "organization.delete": "deleted the organization *",
	"organization.rename": "renamed the organization * ~", "organization.transfer": "handed the organization * over ~",
	"organization.remove-member": "removed ~ from the organization *",
	"package.create":             "created the package *", "package.update": "changed the package *", "package.delete": "deleted the package *",
	"package.transfer": "gave away *", "package.receive": "took over *",
	"package.status": "changed the status of *", "package.add-collaborator": "made a collaborator of *", "package.remove-collaborator": "removed ~ as collaborator of *",
	"release.create": "created the release *", "release.update": "changed the release *", "release.delete": "deleted the release *",
	"request.refuse": "was refused *",
	"session.create": "signed in", "session.refuse": "was not let in as *", "session.end": "ended a session", "session.end-others": "ended all other sessions",
	"site.backup": "made a backup", "site.check": "had everything checked", "site.gc": "cleared what nothing uses",
	"token.create": "created the token * of @", "token.revoke": "revoked the token * of @",
	"user.create": "created the account *", "user.delete": "deleted the account *", "user.rename": "renamed the account * ~", "user.export": "exported the data of *",
	"user.disable": "disabled *", "user.enable": "enabled *", "user.grant-admin": "made * an administrator", "user.revoke-admin": "made * no administrator any more",
	"user.change-password": "changed the password", "user.set-password": "set a password for *",
	"user.reset-link": "made a reset link for *", "user.reset-password": "reset the password of * by a link",
	"user.change-email": "asked to change the email of *", "user.confirm-email": "confirmed the email of *",
	"user.ask-confirmation": "asked again to confirm the email of *", "user.keep-email": "called off the change of email of *",
}

// wordsOf are the words for a line. A notice may be made without being shown, which
// the second word of its detail tells.
func wordsOf(l model.AuditLine) string {
	fields := strings.Fields(l.Detail)
	if l.Action == "notice.create" && len(fields) > 1 && fields[1] == string(model.NoticeDraft) {
		return "kept a draft of a notice in *"
	}
	return deeds[l.Action]
}

// named is the detail of a line, with levels and access called as on pages.
func named(l model.AuditLine) string {
	words := strings.Split(l.Detail, " ")
	last := len(words) - 1
	switch l.Action {
	case "group.create", "group.update", "group.set-level", "package.add-collaborator":
		if p, err := model.ParseLevel(words[last]); err == nil {
			words[last] = PermissionWord(p)
		}
	case "package.create", "channel.settings":
		words[last] = accessNamed(words[last])
	case "package.update":
		if len(words) == 4 && words[0] == "access" {
			words[1], words[3] = accessNamed(words[1]), accessNamed(words[3])
		}
	}
	return strings.Join(words, " ")
}

func accessNamed(word string) string {
	if name := AccessWord(model.Access(strings.Trim(word, `"`))); name != "" {
		return name
	}
	return word
}

// deed is what a line of the log says: words, the subject, more words, and a note
// that stands below. What has no words is told as it is kept.
func deed(l model.AuditLine) (before, subject, after, note string) {
	words, note := wordsOf(l), named(l)
	if words == "" {
		words = l.Action + " *"
	}
	switch {
	case strings.Contains(words, "~"):
		note = ""
	case l.Action == "session.end":
		note = DeviceName(l.Detail)
	}
	before, after, found := strings.Cut(words, "*")
	if found {
		subject = l.Subject
	}
	fill := strings.NewReplacer("~", l.Detail, "@", l.Account)
	return strings.TrimSpace(fill.Replace(before)), subject, strings.TrimSpace(fill.Replace(after)), note
}
