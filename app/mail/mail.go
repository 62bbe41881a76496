// Package mail writes the mails that Vivarium sends, as text with an HTML twin,
// and hands them to an SMTP server. What waits and when it is tried again is for
// registry to know.
package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// Options says which server takes the mails.
type Options struct {
	Host     string
	Port     int
	Username string // empty: without signing in
	Password string
	From     string // an address, with a name or without
	TLS      string // starttls, tls or none
}

// Message is a mail to be sent.
type Message struct {
	To      string
	Subject string
	Text    string
	HTML    string
}

// Sender hands mails to the server. It may be used by many goroutines at once.
type Sender struct {
	options Options
	from    *netmail.Address
}

// timeout bounds each step of a conversation with the server.
const timeout = 20 * time.Second

// New returns a Sender. It does not speak to the server yet.
func New(o Options) (*Sender, error) {
	from, err := netmail.ParseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf("read the sender %q: %w", o.From, err)
	}
	return &Sender{o, from}, nil
}

// Send hands one mail to the server and returns when the server has taken it.
func (s *Sender) Send(ctx context.Context, m Message) error {
	client, err := gomail.NewClient(s.options.Host, s.clientOptions()...)
	if err != nil {
		return fmt.Errorf("prepare the connection to the mail server: %w", err)
	}
	msg, err := s.build(m)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() { // it only failed to say goodbye
		return nil
	}
	var refusal *gomail.SendError
	if errors.As(err, &refusal) {
		return &Refusal{Code: refusal.ErrorCode(), Final: isFinal(refusal), step: refusal.Reason.String()}
	}
	return fmt.Errorf("hand a mail to %s: %w", client.ServerAddr(), err)
}

func (s *Sender) clientOptions() []gomail.Option {
	list := []gomail.Option{gomail.WithPort(s.options.Port), gomail.WithTimeout(timeout)}
	switch s.options.TLS {
	case "tls":
		list = append(list, gomail.WithSSL())
	case "none":
		list = append(list, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		list = append(list, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.options.Username == "" {
		return list
	}
	auth := []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin}
	if s.options.TLS == "none" { // the operator said so
		auth = []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthCramMD5, gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc}
	}
	return append(list, gomail.WithUsername(s.options.Username), gomail.WithPassword(s.options.Password), gomail.WithOpportunisticSMTPAuth(auth...))
}

func (s *Sender) build(m Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingQP), gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(s.from)
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("address a mail: %w", err)
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	_, domain, _ := strings.Cut(s.from.Address, "@")
	msg.SetMessageIDWithValue(messageID(domain))
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no answers, please
	msg.SetBodyString(gomail.TypeTextPlain, m.Text, gomail.WithPartEncoding(textEncoding(m.Text)))
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, nil
}

// textEncoding leaves a text readable as it is sent, with each link on one line,
// unless there are letters that not every server takes.
func textEncoding(text string) gomail.Encoding {
	if strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		return gomail.EncodingQP
	}
	return gomail.NoEncoding
}

// messageID is unique, and says nothing about the machine.
func messageID(domain string) string { return strings.ToLower(rand.Text()) + "@" + domain }
