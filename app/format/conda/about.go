package conda

import (
	"bytes"
	"io"
	"strings"
	"unicode"

	"vivarium/app/format/archive"
)

// About is what info/about.json says for people. It is text from outside: URLs
// may have any scheme.
type About struct {
	Summary, Description            string
	License, LicenseFamily          string
	LicenseURL                      string
	Home, DevURL, DocURL, SourceURL string
}

const (
	aboutName     = "info/about.json"
	maxAbout      = 8 << 20
	maxAboutField = 64 << 10
)

// readAbout streams about.json and keeps what About has. Of a list the first text
// counts; values of other types are passed over, and overlong text is cut.
func readAbout(r io.Reader) (About, error) {
	a := &aboutReader{}
	err := scanJSON(archive.LimitMember(r, maxAbout, aboutName), maxAbout, a.visit)
	if err != nil {
		return About{}, refuseJSON(aboutName, err)
	}
	return a.about, nil
}

// aboutReader follows where in about.json it is.
type aboutReader struct {
	about About
	depth int
	lists int // how many of the open brackets are lists
	key   string
}

func (a *aboutReader) visit(kind token, text []byte) error {
	switch kind {
	case openObject:
		a.depth++
	case openList:
		a.depth++
		a.lists++
	case closeObject:
		a.depth--
	case closeList:
		a.depth--
		a.lists--
	case keyToken:
		if a.depth == 1 {
			a.key = string(text)
		}
	case textToken:
		if a.depth == 1 || a.depth == 2 && a.lists == 1 {
			a.keep(text)
		}
	}
	return nil
}

func (a *aboutReader) keep(text []byte) {
	if field := a.about.field(a.key); field != nil && *field == "" {
		*field = plainText(text)
	}
}

func (a *About) field(key string) *string {
	switch key {
	case "summary":
		return &a.Summary
	case "description":
		return &a.Description
	case "license":
		return &a.License
	case "license_family":
		return &a.LicenseFamily
	case "license_url":
		return &a.LicenseURL
	case "home":
		return &a.Home
	case "dev_url":
		return &a.DevURL
	case "doc_url":
		return &a.DocURL
	case "source_url":
		return &a.SourceURL
	}
	return nil
}

// plainText cuts text to maxAboutField and takes out control characters, which a
// database may refuse.
func plainText(text []byte) string {
	if len(text) > maxAboutField {
		text = bytes.ToValidUTF8(text[:maxAboutField], nil)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, string(text)))
}
