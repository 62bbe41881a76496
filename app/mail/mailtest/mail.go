package mailtest

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"regexp"
	"strings"
	"testing"
)

// Mail is one that the server was given.
type Mail struct{ From, To, Raw string }

// Parts returns the subject, the text and the HTML of a mail.
func (m Mail) Parts(t testing.TB) (subject, text, html string) {
	t.Helper()
	msg, err := netmail.ReadMessage(strings.NewReader(m.Raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("a mail of type %q (%v)", kind, err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			return msg.Header.Get("Subject"), text, html
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			html = string(body)
		} else {
			text = string(body)
		}
	}
}

var links = regexp.MustCompile(`https?://\S+`)

// Link returns the path of the first link in the text of a mail, with its query.
func (m Mail) Link(t testing.TB) string {
	t.Helper()
	_, text, _ := m.Parts(t)
	link := links.FindString(text)
	_, rest, _ := strings.Cut(link, "://")
	_, path, ok := strings.Cut(rest, "/")
	if !ok {
		t.Fatalf("no link in\n%s", text)
	}
	return "/" + path
}

func encode(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
