// Package sitedump reads the folder that the original's export-site wrote: one
// folder for each account with meta.json, and in it one for each package, called
// ID--NAME, with meta.json and the package's files. What the files of metadata say
// is read as the API of the original says it; what they do not say is looked up in
// the folders.
package sitedump

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"vivarium/app/model"
	"vivarium/app/moving"
)

// metaFile describes an account or a package.
const metaFile = "meta.json"

// maxMeta bounds one such file.
const maxMeta = 512 << 20

// Read reads what a dump says of its accounts. The packages are read later, one by
// one.
func Read(dump fs.FS, from string) ([]moving.Account, error) {
	folders, err := fs.ReadDir(dump, ".")
	if err != nil {
		return nil, err
	}
	var list []moving.Account
	var memberships []membership
	var problems []error
	for _, f := range folders {
		if !f.IsDir() || strings.HasPrefix(f.Name(), ".") {
			continue
		}
		a, in, err := readAccount(dump, f.Name())
		a.Channel.From = path.Join(from, f.Name())
		list, memberships, problems = append(list, a), append(memberships, in...), append(problems, err)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, model.Errorf(model.Invalid, "There is no account in it: a dump has one folder for each, with %s.", metaFile)
	}
	for _, m := range memberships {
		m.enter(list)
	}
	return list, nil
}

func readAccount(dump fs.FS, folder string) (moving.Account, []membership, error) {
	raw, err := readMeta(dump, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return moving.Account{}, nil, model.Errorf(model.Invalid, "%s has no %s, so it is no account of a dump.", folder, metaFile)
	}
	if err != nil {
		return moving.Account{}, nil, err
	}
	var form accountForm
	if err := json.Unmarshal(raw, &form); err != nil {
		return moving.Account{}, nil, fmt.Errorf("read %s: %w", path.Join(folder, metaFile), err)
	}
	a := form.account(folder)
	a.Channel.Packages, err = packagesBelow(dump, folder)
	return a, form.memberships(a.Login), err
}

func readMeta(dump fs.FS, folder string) ([]byte, error) {
	f, err := dump.Open(path.Join(folder, metaFile))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxMeta))
	return raw, errors.Join(err, f.Close())
}
