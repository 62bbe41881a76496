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
// these places in an environment.
func checkPaths(r io.Reader) error {
	p := &pathsCheck{}
	if err := scanJSON(archive.LimitMember(r, maxList, pathsName), maxPath, p.visit); err != nil {
		return refuseJSON(pathsName, err)
	}
	if !p.found {
		return model.Errorf(model.Invalid, `%s has no list of paths under "paths".`, pathsName)
	}
	return nil
}

// pathsCheck follows where in paths.json it is.
type pathsCheck struct {
	depth int
	key   string
	found bool
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
	if key != "_path" {
		return nil
	}
	if kind != textToken {
		return model.Errorf(model.Invalid, "%s has a path that is no text.", pathsName)
	}
	_, err := archive.CleanPath(string(text))
	return err
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
