package binstar

import (
	"encoding/json"

	"vivarium/app/model"
)

// attributes is a JSON object of which we know some keys and keep the rest.
type attributes map[string]json.RawMessage

// text returns the text under key, nil when it is absent or null. Of a list of
// texts, as recipes may have for home or dev_url, the first counts. Anything else
// is Invalid.
func (a attributes) text(key string) (*string, error) {
	raw := a[key]
	if a.absent(key) {
		return nil, nil
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return &one, nil
	}
	var many []string
	if json.Unmarshal(raw, &many) != nil {
		return nil, model.Errorf(model.Invalid, "The field %q must be a text.", key)
	}
	if len(many) == 0 {
		return nil, nil
	}
	return &many[0], nil
}

// object returns the object under key, nil when it is absent or null.
func (a attributes) object(key string) (attributes, error) {
	if a.absent(key) {
		return nil, nil
	}
	var o attributes
	if json.Unmarshal(a[key], &o) != nil {
		return nil, model.Errorf(model.Invalid, "The field %q must be a JSON object.", key)
	}
	return o, nil
}

func (a attributes) absent(key string) bool {
	raw, ok := a[key]
	return !ok || string(raw) == "null"
}
