package pypi

import (
	"errors"
	"fmt"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// maxSentence is how long a sentence may be, which also has to fit the reason
// phrase of an HTTP answer: that is all which some upload tools show.
const maxSentence = 200

func invalid(format string, args ...any) *model.Error {
	return model.Errorf(model.Invalid, "%s", phrase(fmt.Sprintf(format, args...)))
}

func fieldError(field, format string, args ...any) *model.Error {
	e := invalid(format, args...)
	e.Field = field
	return e
}

// badFile tells what is wrong with the archive itself. Errors that are no
// archive's fault stay as they are.
func badFile(err error) error {
	var told *model.Error
	if !errors.As(err, &told) || told.Code != model.Invalid {
		return err
	}
	return &model.Error{Code: model.Invalid, Message: phrase("Invalid distribution file: " + told.Message), Err: told.Err}
}

// phrase makes s fit a reason phrase: one line of Latin-1, of limited length.
func phrase(s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "…", "...") {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			r = ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r > 0xff:
			r = '?'
		}
		b.WriteRune(r)
	}
	if runes := []rune(b.String()); len(runes) > maxSentence {
		return string(runes[:maxSentence-3]) + "..."
	}
	return b.String()
}

func quote(s string) string { return archive.Quote(s) }
