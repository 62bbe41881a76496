package channelindex

import (
	"context"
	"fmt"

	"vivarium/app/model"
)

// touches are the packages that changes have touched, and of each the files. The
// name "" stands for those that there are now.
type touches map[string]map[string]bool

func (t touches) file(pkg, name string) {
	if t[pkg] == nil {
		t[pkg] = map[string]bool{}
	}
	t[pkg][name] = true
}

// stampOf tells a change from others of the same number.
func stampOf(c model.IndexChange) string {
	return fmt.Sprintf("%d %d %q %q %q", c.Seq, c.At.UnixMicro(), c.Subdir, c.Package, c.File)
}

// since returns the changes between v and what r reads, and the stamp of the last.
// ok is false when v is of another history, or some changes are not known any more.
func since(ctx context.Context, v *view, r Reader) (changes []model.IndexChange, stamp string, ok bool, err error) {
	from, to := v.state.Seq, r.State(v.key.Visibility).Seq
	if from > to {
		return nil, "", false, nil
	}
	changes, err = r.Changes(ctx, max(from-1, 0))
	if err != nil || int64(len(changes)) != to-max(from-1, 0) {
		return nil, "", false, err
	}
	if from > 0 {
		if stampOf(changes[0]) != v.stamp {
			return nil, "", false, nil
		}
		stamp, changes = v.stamp, changes[1:]
	}
	if n := len(changes); n > 0 {
		stamp = stampOf(changes[n-1])
	}
	return changes, stamp, true, nil
}

// touchedIn returns what changes touch of a view. ok is false when that may be
// anything.
func touchedIn(key Key, changes []model.IndexChange) (t touches, ok bool) {
	t = touches{}
	for _, c := range changes {
		switch {
		case c.Package == "":
			return nil, false
		case key.Subdir == "":
			t.file(c.Package, "")
		case c.Subdir == key.Subdir, c.Subdir == "" && c.File == "":
			t.file(c.Package, c.File)
		}
	}
	return t, true
}
