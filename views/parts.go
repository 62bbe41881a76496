package views

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// scrolling is the class of a command whose lines are not wrapped.
const scrolling = "cmd cmd--scroll"

// commandLines draws one line below the other. It is not a template, because
// templ puts a blank in front of each, which shows inside a pre element.
func commandLines(lines []string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		spans := make([]string, len(lines))
		for i, line := range lines {
			spans[i] = "<span>" + templ.EscapeString(line) + "</span>"
		}
		_, err := io.WriteString(w, strings.Join(spans, "\n"))
		return err
	})
}

// joinClasses puts class names in a row, leaving out empty ones.
func joinClasses(names ...string) string {
	out := ""
	for _, n := range names {
		if n == "" {
			continue
		}
		if out != "" {
			out += " "
		}
		out += n
	}
	return out
}

func avatarClass(a Account, class string) string {
	if a.Organization {
		return joinClasses("avatar", "avatar--org", class)
	}
	return joinClasses("avatar", class)
}

// isCurrent reports whether a link to url stands on the page it leads to.
func isCurrent(url, path string) bool { return url == path }

// Removal is what was just taken away: what to say of it, and what a form sends to
// Action to take it back. Without Undo nothing short does.
type Removal struct {
	Said, Action string
	Undo         []Hidden
}

// Field is one text input of a form.
type Field struct {
	ID, Label string
	Name      string // of the value; ID when empty
	Type      string // text when empty
	Value     string
	Hint      string
	Error     string
	Complete  string // autocomplete
	MinLength int
	MaxLength int
	Optional  bool
	// Verbatim switches capitals and spell checking off: names, addresses.
	Verbatim bool
	Sample   string // placeholder
	// Check is the address that looks at the value while it is typed and answers
	// with FieldNotes.
	Check string
	// Fixed shows a value that cannot be changed here.
	Fixed bool
}

func (f Field) name() string {
	if f.Name == "" {
		return f.ID
	}
	return f.Name
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// describedBy names the elements that explain the input, the error first.
func describedBy(id, problem, hint string) string {
	ids := ""
	if problem != "" {
		ids = joinClasses(ids, id+"-e")
	}
	if hint != "" {
		ids = joinClasses(ids, id+"-h")
	}
	return ids
}

// spoken are problems by field as one text to be read out.
func spoken(problems map[string]string) string {
	var texts []string
	for _, field := range slices.Sorted(maps.Keys(problems)) {
		texts = append(texts, problems[field])
	}
	return strings.Join(texts, " ")
}

// Problem is one line of a form's summary: the field it leads to and what is
// wrong with it.
type Problem struct{ FieldID, Message string }

// Empty says what will be in a place, why it is empty and how to fill it.
type Empty struct {
	Icon, Heading, Text string
	// Main says that no panel's heading stands between it and the page's.
	Main bool
}

// Crumb is one step of the path above a heading; the last has no URL.
type Crumb struct{ Name, URL string }

// NavItem is one entry of a side menu or a row of tabs.
type NavItem struct {
	Name, Icon string
	URL        string
	Count      int // shown when above 0
	Current    bool
}
