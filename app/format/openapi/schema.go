package openapi

import "slices"

// Schema is a JSON Schema (2020-12), as far as it is needed here. The zero Schema
// allows everything.
type Schema struct {
	Ref         string             `json:"$ref,omitempty"`
	Type        any                `json:"type,omitempty"` // a text or []string
	Description string             `json:"description,omitempty"`
	Format      string             `json:"format,omitempty"`
	Media       string             `json:"contentMediaType,omitempty"`
	Enum        []any              `json:"enum,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	MinLength   int                `json:"minLength,omitempty"`
	MaxLength   int                `json:"maxLength,omitempty"`
	Minimum     any                `json:"minimum,omitempty"`
	Maximum     any                `json:"maximum,omitempty"`
	Items       *Schema            `json:"items,omitempty"`
	MinItems    int                `json:"minItems,omitempty"`
	Properties  map[string]*Schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Others      *Schema            `json:"additionalProperties,omitempty"`
	AnyOf       []*Schema          `json:"anyOf,omitempty"`
}

// Text is the schema of a text.
func Text() Schema { return Schema{Type: "string"} }

// Words is the schema of one of several texts.
func Words[T ~string](words ...T) Schema {
	s := Text()
	for _, word := range words {
		s.Enum = append(s.Enum, string(word))
	}
	return s
}

// OrNull returns s with null allowed.
func (s Schema) OrNull() Schema {
	kind, one := s.Type.(string)
	switch {
	case one:
		s.Type = []string{kind, "null"}
		if s.Enum != nil {
			s.Enum = append(slices.Clone(s.Enum), nil)
		}
	case s.Ref != "":
		return Schema{AnyOf: []*Schema{{Ref: s.Ref}, {Type: "null"}}}
	}
	return s
}

// orNot takes null away again.
func (s Schema) orNot() Schema {
	if kinds, ok := s.Type.([]string); ok && len(kinds) == 2 && kinds[1] == "null" {
		s.Type = kinds[0]
		s.Enum = slices.DeleteFunc(slices.Clone(s.Enum), func(v any) bool { return v == nil })
	}
	return s
}

// demands reports whether nothing at all would be wrong.
func (s Schema) demands() bool {
	return len(s.Required) > 0 || len(s.AnyOf) > 0 && s.AnyOf[0].demands()
}
