package openapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

const schemaRef = "#/components/schemas/"

// Fields returns the fields of an object, or of the one that s refers to.
func (d *Document) Fields(s Schema) map[string]*Schema {
	for _, one := range s.AnyOf {
		if fields := d.Fields(*one); fields != nil {
			return fields
		}
	}
	if at := d.Components.Schemas[strings.TrimPrefix(s.Ref, schemaRef)]; at != nil {
		return at.Properties
	}
	return s.Properties
}

// shapes makes schemas of Go types, each struct once.
type shapes struct {
	words   map[string]string       // what fields mean, by name
	types   map[reflect.Type]Schema // types that are not what Go says
	fields  map[string]Schema       // fields likewise: "Type.field"
	made    map[string]*Schema
	homes   map[string]reflect.Type
	touched map[string]bool // keys of fields that were needed
}

var rawMessage = reflect.TypeFor[json.RawMessage]()

// of returns the schema of a value's type. What a request has may be null or
// absent: it is then as if it was not there.
func (s *shapes) of(value any, request bool) (Schema, error) {
	if own, ok := value.(Schema); ok {
		return own, nil
	}
	return s.ofType(reflect.TypeOf(value), request)
}

func (s *shapes) ofType(t reflect.Type, request bool) (Schema, error) {
	if own, ok := s.types[t]; ok {
		return own, nil
	}
	if t == rawMessage {
		return Schema{}, nil
	}
	switch t.Kind() {
	case reflect.String:
		return Text(), nil
	case reflect.Bool:
		return Schema{Type: "boolean"}, nil
	case reflect.Int, reflect.Int64:
		return Schema{Type: "integer"}, nil
	case reflect.Float64:
		return Schema{Type: "number"}, nil
	case reflect.Pointer:
		inner, err := s.ofType(t.Elem(), request)
		return inner.OrNull(), err
	case reflect.Slice:
		inner, err := s.ofType(t.Elem(), request)
		return Schema{Type: "array", Items: &inner}, err
	case reflect.Map:
		inner, err := s.ofType(t.Elem(), request)
		return Schema{Type: "object", Others: &inner}, err
	case reflect.Struct:
		if t.Name() != "" {
			return s.ofStruct(t, request)
		}
		plain := Schema{Type: "object", Properties: map[string]*Schema{}}
		return plain, s.addFields(&plain, "", t, request)
	}
	return Schema{}, fmt.Errorf("a %s has no schema", t)
}

// ofStruct returns a reference to the schema of a struct, which it makes first if
// need be.
func (s *shapes) ofStruct(t reflect.Type, request bool) (Schema, error) {
	name := schemaName(t)
	ref := Schema{Ref: schemaRef + name}
	if home, ok := s.homes[name]; ok {
		if home != t {
			return ref, fmt.Errorf("both %s and %s are called %s", home, t, name)
		}
		return ref, nil
	}
	made := &Schema{Type: "object", Properties: map[string]*Schema{}}
	s.homes[name], s.made[name] = t, made
	return ref, s.addFields(made, name, t, request)
}

// addFields adds what encoding/json would write of a struct.
func (s *shapes) addFields(to *Schema, name string, t reflect.Type, request bool) error {
	for f := range t.Fields() {
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && key == "":
			if err := s.addFields(to, name, f.Type, request); err != nil {
				return err
			}
			continue
		case key == "-" || !f.IsExported():
			continue
		}
		field, err := s.ofField(name+"."+key, f.Type, request)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", name, key, err)
		}
		if field.Description == "" {
			field.Description = s.words[key]
		}
		to.Properties[key] = &field
		if !request && !strings.Contains(options, "omitempty") {
			to.Required = append(to.Required, key)
		}
	}
	return nil
}

func (s *shapes) ofField(key string, t reflect.Type, request bool) (Schema, error) {
	field, ok := s.fields[key]
	s.touched[key] = true
	if !ok {
		var err error
		if field, err = s.ofType(t, request); err != nil {
			return field, err
		}
	}
	if request {
		field = field.OrNull()
	}
	return field, nil
}

// untouched returns the keys of fields that nothing has, sorted.
func (s *shapes) untouched() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s.fields)), func(key string) bool { return s.touched[key] })
}

// schemaName is the name of a type in the document: that of the Go type without
// "Answer", which all of them are.
func schemaName(t reflect.Type) string {
	name, inner, generic := strings.Cut(t.Name(), "[")
	name = strings.TrimSuffix(name, "Answer")
	name = strings.ToUpper(name[:1]) + name[1:]
	if !generic {
		return name
	}
	inner = strings.TrimSuffix(inner, "]")
	inner = strings.TrimSuffix(inner[strings.LastIndexByte(inner, '.')+1:], "Answer")
	return name + "Of" + strings.ToUpper(inner[:1]) + inner[1:]
}

// needing returns a copy of an object in which some fields must be.
func (s *shapes) needing(object Schema, needs []string) (Schema, error) {
	if at := s.made[strings.TrimPrefix(object.Ref, schemaRef)]; at != nil {
		object = *at
	}
	object.Required, object.Properties = needs, maps.Clone(object.Properties)
	for _, name := range needs {
		if object.Properties[name] == nil {
			return object, fmt.Errorf("there is no field %q to need", name)
		}
		needed := object.Properties[name].orNot()
		object.Properties[name] = &needed
	}
	return object, nil
}
