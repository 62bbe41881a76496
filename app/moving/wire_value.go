package moving

import (
	"cmp"
	"encoding/json"
	"time"

	"vivarium/app/model"
)

// Text is a JSON string; anything else reads as an empty one, for servers write
// null, numbers or objects where nothing was said.
type Text string

// UnmarshalJSON never fails.
func (t *Text) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		s = ""
	}
	*t = Text(s)
	return nil
}

// Or returns the text, or another when there is none.
func (t Text) Or(other Text) Text { return cmp.Or(t, other) }

// Moment is a point in time in any of the forms that servers of this kind write;
// what is none reads as zero.
type Moment time.Time

var momentForms = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05.999999999-07:00", "2006-01-02T15:04:05.999999999-0700", "2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999",
	time.RFC1123, time.DateOnly,
}

// UnmarshalJSON never fails.
func (m *Moment) UnmarshalJSON(raw []byte) error {
	var s Text
	if len(raw) > 0 && raw[0] == '{' { // extended JSON of the original's database
		var wrapped struct {
			Date json.RawMessage `json:"$date"`
		}
		var milliseconds int64
		if json.Unmarshal(raw, &wrapped) != nil {
			return nil
		}
		if json.Unmarshal(wrapped.Date, &milliseconds) == nil {
			*m = Moment(time.UnixMilli(milliseconds).UTC())
			return nil
		}
		raw = wrapped.Date
	}
	_ = s.UnmarshalJSON(raw)
	for _, form := range momentForms {
		if at, err := time.Parse(form, string(s)); err == nil {
			*m = Moment(at.UTC())
			return nil
		}
	}
	return nil
}

// license is a name, or an object that has more.
type license struct{ name, family, url Text }

// UnmarshalJSON takes both forms.
func (l *license) UnmarshalJSON(raw []byte) error {
	var object struct{ Name, Family, URL Text }
	if json.Unmarshal(raw, &object) == nil && object.Name != "" {
		l.name, l.family, l.url = object.Name, object.Family, object.URL
		return nil
	}
	return l.name.UnmarshalJSON(raw)
}

// PersonForm is a login, or an object that has one and perhaps a permission.
type PersonForm struct {
	Login, Permission string
}

// UnmarshalJSON takes both forms.
func (p *PersonForm) UnmarshalJSON(raw []byte) error {
	var object struct {
		Login, Username, Name, Permission, Perms Text
	}
	if json.Unmarshal(raw, &object) == nil {
		p.Login, p.Permission = string(object.Login.Or(object.Username).Or(object.Name)), string(object.Permission.Or(object.Perms))
		return nil
	}
	var login Text
	err := login.UnmarshalJSON(raw)
	p.Login = string(login)
	return err
}

// collaborator may write, as in the original, unless less is said.
func (p PersonForm) collaborator() Collaborator {
	if p.Permission == model.Read.String() {
		return Collaborator{p.Login, model.Read}
	}
	return Collaborator{p.Login, model.Write}
}
