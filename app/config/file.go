package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// entry is one value of a configuration file.
type entry struct {
	raw  string
	line int
}

// configFiles are tried in turn when no file is named.
var configFiles = []string{"config.yaml", "/etc/vivarium/config.yaml"}

// findFile returns the configuration file to read: the one that was named, or
// the first that exists, or none.
func findFile(named string) (path string, content []byte, err error) {
	if named != "" {
		content, err = os.ReadFile(named)
		if err != nil {
			return "", nil, &Error{Where: named, Problem: "the configuration file cannot be read: " + cause(err).Error()}
		}
		return named, content, nil
	}
	for _, path := range configFiles {
		content, err = os.ReadFile(path)
		if err == nil {
			return path, content, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return "", nil, &Error{Where: path, Problem: "the configuration file cannot be read: " + cause(err).Error()}
		}
	}
	return "", nil, nil
}

// parseFile returns the values in a YAML file by key. It refuses keys that are
// not in the table, with their line.
func parseFile(path string, content []byte, table []key) (map[string]entry, error) {
	d := yaml.NewDecoder(bytes.NewReader(content))
	var root, second yaml.Node
	if err := d.Decode(&root); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, yamlError(path, err)
	}
	if err := d.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, &Error{Where: path, Problem: "there is more than one YAML document in it; keep one"}
	}
	f := fileReader{path: path, table: map[string]key{}, found: map[string]entry{}}
	for _, k := range table {
		f.table[k.name] = k
	}
	return f.found, f.read("", root.Content[0])
}

// yamlError words an error of the YAML reader with its line.
func yamlError(path string, err error) error {
	m := regexp.MustCompile(`line ([0-9]+): (.*)`).FindStringSubmatch(err.Error())
	if m == nil {
		return &Error{Where: path, Problem: "not YAML: " + strings.TrimPrefix(err.Error(), "yaml: ")}
	}
	return &Error{Where: path + ", line " + m[1], Problem: "not YAML: " + m[2]}
}

// fileReader walks the nodes of one file and gathers what it finds.
type fileReader struct {
	path  string
	table map[string]key
	found map[string]entry
}

func (f *fileReader) fail(name string, n *yaml.Node, problem string) error {
	return &Error{Key: name, Where: line(f.path, n.Line), Problem: problem}
}

// read gathers the keys of a mapping whose own name is prefix.
func (f *fileReader) read(prefix string, n *yaml.Node) error {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return f.fail(prefix, n, "keys with values are expected here, such as listen: :8080")
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if err := f.readPair(prefix, n.Content[i], n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func (f *fileReader) readPair(prefix string, k, v *yaml.Node) error {
	name := k.Value
	if prefix != "" {
		name = prefix + "." + name
	}
	if known, ok := f.table[name]; ok {
		return f.readValue(known, k, v)
	}
	if f.isSection(name) {
		return f.read(name, v)
	}
	return f.fail(name, k, "there is no such key"+f.suggest(name))
}

func (f *fileReader) readValue(k key, at, v *yaml.Node) error {
	if v.Kind == yaml.AliasNode {
		v = v.Alias
	}
	if before, twice := f.found[k.name]; twice {
		return f.fail(k.name, at, fmt.Sprintf("it was set before, on line %d", before.line))
	}
	switch {
	case v.Kind == yaml.ScalarNode && v.Tag == "!!null":
		return nil // a key without a value keeps its default
	case v.Kind == yaml.ScalarNode:
		f.found[k.name] = entry{raw: v.Value, line: at.Line}
		return nil
	case v.Kind == yaml.SequenceNode && k.list:
		return f.readList(k, at, v)
	}
	return f.fail(k.name, at, "one value is expected here")
}

func (f *fileReader) readList(k key, at, v *yaml.Node) error {
	var items []string
	for _, item := range v.Content {
		if item.Kind != yaml.ScalarNode {
			return f.fail(k.name, item, "a list of plain values is expected here")
		}
		items = append(items, item.Value)
	}
	f.found[k.name] = entry{raw: strings.Join(items, ","), line: at.Line}
	return nil
}

func (f *fileReader) isSection(name string) bool {
	for known := range f.table {
		if strings.HasPrefix(known, name+".") {
			return true
		}
	}
	return false
}

// suggest names the keys that end as name does, for those who forgot or misnamed
// the section.
func (f *fileReader) suggest(name string) string {
	last := name[strings.LastIndex(name, ".")+1:]
	for known := range f.table {
		if known != name && (known == last || strings.HasSuffix(known, "."+last)) {
			return "; did you mean " + known + "?"
		}
	}
	return ""
}
