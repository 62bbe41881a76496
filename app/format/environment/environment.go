// Package environment reads conda's environment files (environment.yml): what they
// ask for, from which channels, and on which line each of it stands. Aliases and
// tags of YAML are refused, so that a file takes no more memory than its size.
package environment

import (
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"vivarium/app/model"
)

// MaxSize is how large an environment file may be, in bytes.
const MaxSize = 1 << 20

// maxDepth bounds how deep lists and maps may nest.
const maxDepth = 20

// Item is one entry of a list, with the line on which it stands, from 1 on.
type Item struct {
	Text string
	Line int
}

// Environment is what an environment file says.
type Environment struct {
	Name         string // empty: it has none
	Channels     []Item
	Dependencies []Item // of conda
	Pip          []Item // requirements for pip
	// Platforms are those for which the file says that it is meant, if any.
	Platforms []Item
}

// Read reads an environment file. It fails with Invalid on one that conda could not
// use; an error without a code is a failed read of r.
func Read(r io.Reader) (*Environment, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, err
	}
	return Parse(raw)
}

// Parse is Read of bytes.
func Parse(raw []byte) (*Environment, error) {
	if len(raw) > MaxSize {
		return nil, model.Errorf(model.Invalid, "The environment file is larger than %d KiB.", MaxSize>>10)
	}
	d := yaml.NewDecoder(strings.NewReader(string(raw)))
	var document yaml.Node
	if err := d.Decode(&document); err != nil {
		return nil, &model.Error{Code: model.Invalid, Message: "The environment file is not valid YAML.", Err: err}
	}
	if err := d.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return nil, model.Errorf(model.Invalid, "The environment file holds more than one document.")
	}
	if err := plain(&document, 0); err != nil {
		return nil, err
	}
	return read(document.Content[0])
}

// plain refuses what would make a small file large.
func plain(n *yaml.Node, depth int) error {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return model.Errorf(model.Invalid, "Line %d of the environment file uses an alias of YAML. Write it out.", n.Line)
	case depth > maxDepth:
		return model.Errorf(model.Invalid, "Line %d of the environment file is nested too deeply.", n.Line)
	}
	for _, child := range n.Content {
		if err := plain(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func read(root *yaml.Node) (*Environment, error) {
	if root.Kind != yaml.MappingNode {
		return nil, model.Errorf(model.Invalid, "The environment file must hold keys such as name, channels and dependencies.")
	}
	e := &Environment{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if err := e.key(root.Content[i].Value, root.Content[i+1]); err != nil {
			return nil, err
		}
	}
	if len(e.Dependencies)+len(e.Pip) == 0 && !has(root, "dependencies") {
		return nil, model.Errorf(model.Invalid, "The environment file has no dependencies.")
	}
	return e, nil
}

func has(root *yaml.Node, key string) bool {
	for i := 0; i < len(root.Content); i += 2 {
		if root.Content[i].Value == key {
			return true
		}
	}
	return false
}

func (e *Environment) key(name string, value *yaml.Node) (err error) {
	switch name {
	case "name":
		if value.Kind != yaml.ScalarNode {
			return wrong(value, "name must be a text")
		}
		if value.Tag != "!!null" {
			e.Name = value.Value
		}
	case "channels":
		e.Channels, err = items(value, name)
	case "platforms":
		e.Platforms, err = items(value, name)
	case "dependencies":
		return e.dependencies(value)
	}
	return err
}

// dependencies are texts for conda, and one map with those for pip.
func (e *Environment) dependencies(value *yaml.Node) error {
	if value.Tag == "!!null" {
		return nil
	}
	if value.Kind != yaml.SequenceNode {
		return wrong(value, "dependencies must be a list")
	}
	for _, n := range value.Content {
		if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
			e.Dependencies = append(e.Dependencies, Item{n.Value, n.Line})
			continue
		}
		if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
			return wrong(n, "a dependency must be a text, or a list under pip")
		}
		list, err := items(n.Content[1], n.Content[0].Value)
		if err != nil {
			return err
		}
		if n.Content[0].Value == "pip" {
			e.Pip = append(e.Pip, list...)
		}
	}
	return nil
}

func items(value *yaml.Node, key string) ([]Item, error) {
	if value.Tag == "!!null" {
		return nil, nil
	}
	if value.Kind != yaml.SequenceNode {
		return nil, wrong(value, key+" must be a list")
	}
	var list []Item
	for _, n := range value.Content {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			return nil, wrong(n, "an entry of "+key+" must be a text")
		}
		list = append(list, Item{n.Value, n.Line})
	}
	return list, nil
}

func wrong(n *yaml.Node, what string) error {
	return model.Errorf(model.Invalid, "Line %d of the environment file: %s.", n.Line, what)
}
