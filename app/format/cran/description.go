package cran

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// MaxDescription is how large a DESCRIPTION may be, in bytes.
const MaxDescription = 1 << 20

// maxFields bounds the memory that a DESCRIPTION takes.
const maxFields = 1000

// Description is what a package says of itself.
type Description struct {
	Package, Version string
	Fields           []Field // all of them, as they come
}

// Field is one line of a DESCRIPTION, with the lines that go on with it.
type Field struct{ Name, Value string }

// Get returns the field of that name, on one line.
func (d Description) Get(name string) string {
	for _, f := range d.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// ParseDescription reads a DESCRIPTION (Debian control format, one record). It fails
// with Invalid on one that R would not read, or that lacks a name or a version.
func ParseDescription(raw []byte) (Description, error) {
	if len(raw) > MaxDescription {
		return Description{}, model.Errorf(model.Invalid, "DESCRIPTION is larger than %d KiB.", MaxDescription>>10)
	}
	var d Description
	for line := range strings.Lines(strings.TrimSpace(text(raw)) + "\n") {
		if err := d.add(strings.TrimRight(line, "\r\n")); err != nil {
			return Description{}, err
		}
	}
	for i, f := range d.Fields {
		d.Fields[i].Value = strings.Join(strings.Fields(f.Value), " ")
		if strings.ContainsFunc(d.Fields[i].Value, unicode.IsControl) {
			return Description{}, model.Errorf(model.Invalid, "The field %s of DESCRIPTION holds control characters.", archive.Quote(f.Name))
		}
	}
	d.Package, d.Version = d.Get("Package"), d.Get("Version")
	if d.Package == "" || d.Version == "" {
		return Description{}, model.Errorf(model.Invalid, "DESCRIPTION has no Package or no Version.")
	}
	return d, check(d.Package, d.Version)
}

// text reads UTF-8, or Latin-1 when it is not UTF-8: packages older than that have
// "Encoding: latin1".
func text(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	runes := make([]rune, len(raw))
	for i, b := range raw {
		runes[i] = rune(b)
	}
	return string(runes)
}

func (d *Description) add(line string) error {
	if line != "" && (line[0] == ' ' || line[0] == '\t') && len(d.Fields) > 0 {
		last := &d.Fields[len(d.Fields)-1]
		last.Value += "\n" + line
		return nil
	}
	name, value, ok := strings.Cut(line, ":")
	if !ok || name == "" || strings.ContainsFunc(name, notInName) {
		return model.Errorf(model.Invalid, "DESCRIPTION has a line that is no field: %s.", archive.Quote(line))
	}
	if d.Get(name) != "" || len(d.Fields) >= maxFields {
		return model.Errorf(model.Invalid, "DESCRIPTION has the field %s twice, or too many fields.", archive.Quote(name))
	}
	d.Fields = append(d.Fields, Field{name, value})
	return nil
}

func notInName(r rune) bool { return r <= ' ' || r > '~' }
