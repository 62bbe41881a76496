package conda

import (
	"bufio"
	"io"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// What the lists of a package's files may hold. They are never kept, so they may
// be larger than other metadata: a package of 100,000 files needs about 30 MiB.
const (
	maxList = 32 << 20
	maxPath = 16 << 10
)

const (
	pathsName = "info/paths.json"
	filesName = "info/files"
)

// checkPaths streams paths.json and checks each path in it: clients link files to
// these places in an environment. It returns the package's traits.
func checkPaths(r io.Reader) (traits []string, err error) {
	p := &pathsCheck{}
	if err := scanJSON(archive.LimitMember(r, maxList, pathsName), maxPath, p.visit); err != nil {
		return nil, refuseJSON(pathsName, err)
	}
	if !p.found {
		return nil, model.Errorf(model.Invalid, `%s has no list of paths under "paths".`, pathsName)
	}
	return p.traits, nil
}

// pathsCheck follows where in paths.json it is.
type pathsCheck struct {
	depth  int
	key    string
	found  bool
	traits []string
}

func (p *pathsCheck) visit(kind token, text []byte) error {
	key := p.key
	p.key = ""
	switch kind {
	case openObject, openList:
		p.depth++
		if p.depth == 2 && key == "paths" {
			p.found = kind == openList
		}
	case closeObject, closeList:
		p.depth--
	case keyToken:
		p.key = string(text)
		return nil
	}
	if key == "file_mode" {
		p.noteMode(kind, string(text))
	}
	if key != "_path" {
		return nil
	}
	if kind != textToken {
		return model.Errorf(model.Invalid, "%s has a path that is no text.", pathsName)
	}
	p.note(traitOfPath(string(text)))
	_, err := archive.CleanPath(string(text))
	return err
}

// noteMode takes in how the prefix of a file is replaced. Only files that have one
// say so.
func (p *pathsCheck) noteMode(kind token, mode string) {
	switch {
	case kind == textToken && mode == "binary":
		p.note(BinaryPrefix)
	case kind == textToken && mode == "text":
		p.note(TextPrefix)
	}
}

func (p *pathsCheck) note(trait string) {
	if trait != "" {
		p.traits = addTrait(p.traits, trait)
	}
}

// checkFiles streams info/files, the list of old packages: a path a line.
func checkFiles(r io.Reader) error {
	lines := bufio.NewScanner(archive.LimitMember(r, maxList, filesName))
	lines.Buffer(nil, maxPath)
	for lines.Scan() {
		if lines.Text() == "" {
			continue
		}
		if _, err := archive.CleanPath(lines.Text()); err != nil {
			return err
		}
	}
	return archive.Refuse(filesName, lines.Err())
}
