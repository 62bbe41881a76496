package mail

import (
	"fmt"
	"slices"

	gomail "github.com/wneessen/go-mail"
)

// Refusal is the server's word that it does not take a mail. It leaves out what
// the server said, because that names the recipient.
type Refusal struct {
	Code int // of SMTP
	// Final says that it makes no sense to send this mail again.
	Final bool
	step  string
}

// Error says at which step the server refused, and with which code.
func (r *Refusal) Error() string {
	return fmt.Sprintf("the mail server refused with code %d: %s", r.Code, r.step)
}

// firstFinal is the first SMTP code that means never.
const firstFinal = 500

// isFinal tells a refusal of this mail from trouble with the conversation.
func isFinal(e *gomail.SendError) bool {
	about := []gomail.SendErrReason{gomail.ErrSMTPMailFrom, gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose}
	return !e.IsTemp() && e.ErrorCode() >= firstFinal && slices.Contains(about, e.Reason)
}
